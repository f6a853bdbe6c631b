package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.Profile;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

class SegmentFeaturesTest {
    private static final long NOW = Shoppers.NOW;
    private static final long DAY = Shoppers.DAY;

    private static float[] of(Profile profile) {
        return SegmentFeatures.of(profile, new float[0], 0, NOW);
    }

    @Test
    void everyBehaviourHasTheValueThatItsDefinitionGives() {
        Profile profile = new Profile(Shoppers.RULES);
        // Noon of a Wednesday, noon of a Saturday, and 23 o'clock of the Saturday before.
        profile.apply(Shoppers.event(EventType.CLICK, NOW, 20, "acme", "a"));
        profile.apply(Shoppers.event(EventType.PURCHASE, NOW - 4 * DAY, 20, "acme", "b"));
        profile.apply(
                Shoppers.event(
                        EventType.PURCHASE, NOW - 10 * DAY - DAY / 2 - DAY / 24, 45, "acme", "b"));
        double[] ages = {4, 10 + 13 / 24.0};
        double priceMean =
                (Math.log(20) + 5 * half(4) * Math.log(20) + 5 * half(ages[1]) * Math.log(45))
                        / (1 + 5 * half(4) + 5 * half(ages[1]));
        double squares =
                (Math.pow(Math.log(20), 2) * (1 + 5 * half(4))
                                + 5 * half(ages[1]) * Math.pow(Math.log(45), 2))
                        / (1 + 5 * half(4) + 5 * half(ages[1]));
        Map<Behaviour, Double> expected = new EnumMap<>(Behaviour.class);
        expected.put(Behaviour.VIEWS, 0.0);
        expected.put(Behaviour.CLICKS, Math.log(2));
        expected.put(Behaviour.SEARCHES, 0.0);
        expected.put(Behaviour.FAVORITES, 0.0);
        expected.put(Behaviour.ADD_TO_CARTS, 0.0);
        expected.put(Behaviour.PURCHASES, Math.log(1 + half(4) + half(ages[1])));
        expected.put(Behaviour.SESSIONS, Math.log(3));
        expected.put(Behaviour.DAYS_SINCE_FIRST_EVENT, Math.log(1 + ages[1]));
        expected.put(Behaviour.DAYS_SINCE_LAST_EVENT, 0.0);
        expected.put(Behaviour.DAYS_SINCE_LAST_PURCHASE, Math.log(5));
        expected.put(Behaviour.PURCHASE_DAYS, Math.log(3));
        expected.put(Behaviour.PURCHASE_CYCLE_DAYS, Math.log(8));
        expected.put(Behaviour.MONEY_SPENT, Math.log(66));
        expected.put(Behaviour.MONEY_PER_PURCHASE_DAY, Math.log(33.5));
        expected.put(Behaviour.PRICE_LEVEL, priceMean);
        expected.put(Behaviour.PRICE_SPREAD, Math.sqrt(squares - priceMean * priceMean));
        expected.put(Behaviour.PURCHASE_SHARE, 2 / 3.0);
        expected.put(Behaviour.NIGHT_SHARE, 1 / 3.0);
        expected.put(Behaviour.WEEKEND_SHARE, 2 / 3.0);

        assertEquals(Set.of(Behaviour.values()), expected.keySet());
        float[] features = of(profile);
        expected.forEach(
                (behaviour, value) ->
                        assertEquals(value, features[behaviour.ordinal()], 1e-5, behaviour.id()));
    }

    private static double half(double days) {
        return Math.pow(0.5, days / 30);
    }

    @Test
    void ofAUserWhoHasDoneNothingCountsAreZeroAndTheRestIsNotKnown() {
        float[] features = of(new Profile(Shoppers.RULES));

        for (Behaviour behaviour :
                Set.of(Behaviour.VIEWS, Behaviour.SESSIONS, Behaviour.MONEY_SPENT)) {
            assertEquals(0, features[behaviour.ordinal()], behaviour.id());
        }
        for (Behaviour behaviour :
                Set.of(
                        Behaviour.DAYS_SINCE_LAST_EVENT,
                        Behaviour.DAYS_SINCE_LAST_PURCHASE,
                        Behaviour.PURCHASE_CYCLE_DAYS,
                        Behaviour.PRICE_LEVEL,
                        Behaviour.PURCHASE_SHARE,
                        Behaviour.NIGHT_SHARE)) {
            assertTrue(Float.isNaN(features[behaviour.ordinal()]), behaviour.id());
        }
    }

    @Test
    void noFeatureIsInfiniteHoweverWildTheEvents() {
        Profile profile = new Profile(Shoppers.RULES);
        for (long time : new long[] {0, NOW, NOW + 100_000 * DAY}) {
            profile.apply(Shoppers.event(EventType.PURCHASE, time, Double.MAX_VALUE, "acme", "a"));
            profile.apply(Shoppers.event(EventType.PURCHASE, time, Double.MIN_VALUE, "acme", "a"));
        }

        for (float feature : of(profile)) {
            assertTrue(!Float.isInfinite(feature));
        }
    }

    @Test
    void ofAnInterestVectorTheDirectionCounts() {
        Profile profile = new Profile(Shoppers.RULES);
        int from = SegmentFeatures.BEHAVIOURS;

        float[] features = SegmentFeatures.of(profile, new float[] {3, -4}, 2, NOW);
        assertArrayEquals(new float[] {0.6f, -0.8f}, Arrays.copyOfRange(features, from, from + 2));
        float[] none = {Float.NaN, Float.NaN};
        for (float[] nothing : new float[][] {{}, {0, 0}}) {
            features = SegmentFeatures.of(profile, nothing, 2, NOW);
            assertArrayEquals(none, Arrays.copyOfRange(features, from, from + 2));
        }
    }

    @Test
    void aVectorOfAnotherLengthIsRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                SegmentFeatures.of(
                                        new Profile(Shoppers.RULES), new float[3], 2, NOW));

        assertEquals("an interest vector must have 2 factors or none, had 3", e.getMessage());
    }
}
