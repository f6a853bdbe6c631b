package dev.persona.ranking.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileRules;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each feature against its definition, worked out from the events by hand. */
class FeatureExtractorTest {
    private static final long DAY = 86_400_000L;
    private static final long NOW = 20_000 * DAY;
    private static final float MISSING = Float.NaN;
    private static final float[] NO_INTEREST = {};
    private static final CatalogFields FIELDS =
            new CatalogFields(true, true, List.of("category", "brand"));

    /** Half of a weight is left after 10 days; a click weighs 1, a purchase 4, a dismissal -2. */
    private static final ProfileRules RULES =
            new ProfileRules(
                    Map.of(
                            EventType.CLICK, 1.0,
                            EventType.PURCHASE, 4.0,
                            EventType.DISMISS, -2.0),
                    new ForwardDecay(10 * DAY),
                    ZoneOffset.UTC,
                    Optional.empty());

    private static Event event(
            String id, EventType type, long daysAgo, String item, String category, double price) {
        return new Event(
                id,
                "ann",
                type,
                NOW - daysAgo * DAY,
                List.of(item),
                new float[0],
                Event.Origin.UNKNOWN,
                Event.Amount.ONE,
                new ItemFacts(Map.of("category", List.of(category)), price),
                Event.Note.NONE);
    }

    /** A click on a lamp 10 days ago (0.5), a bought sofa 20 days ago (1), a rug waved away. */
    private static Profile ann() {
        Profile profile = new Profile(RULES);
        profile.apply(event("1", EventType.CLICK, 10, "lamp", "light", 50));
        profile.apply(event("2", EventType.PURCHASE, 20, "sofa", "seat", 800));
        profile.apply(event("3", EventType.DISMISS, 10, "rug", "floor", 90));
        return profile;
    }

    private static float[] column(Feature feature, Profile profile, float[] interest, Hits hits) {
        return new FeatureExtractor(new FeatureSet(List.of(feature)))
                .extract(new Viewer(profile, interest, NOW), hits);
    }

    private static float[] column(Feature feature, Hits hits) {
        return column(feature, ann(), NO_INTEREST, hits);
    }

    private static Hits blank(int size) {
        return new Hits(size, FIELDS, 0);
    }

    private static Hits withIds(String... ids) {
        Hits hits = blank(ids.length);
        for (int i = 0; i < ids.length; i++) {
            hits.id(i, ids[i]);
        }
        return hits;
    }

    private static Hits withVectors(float[]... vectors) {
        Hits hits = new Hits(vectors.length + 1, FIELDS, vectors[0].length);
        for (int i = 0; i < vectors.length; i++) {
            hits.vector(i, vectors[i], 0);
        }
        return hits;
    }

    @Test
    void whatIsNotSetIsMissing() {
        for (Feature feature :
                List.of(
                        new Feature.FirstPassScore("x"),
                        new Feature.Price("x"),
                        new Feature.Age("x"),
                        new Feature.Affinity("x", "category"),
                        new Feature.PriceDistance("x"),
                        new Feature.InterestDot("x"),
                        new Feature.InterestCosine("x"),
                        new Feature.ItemVectorLength("x"),
                        new Feature.ItemPopularity("x"),
                        new Feature.ItemClickRate("x"),
                        new Feature.DaysSinceItem("x"))) {
            assertArrayEquals(new float[] {MISSING}, column(feature, blank(1)), feature.source());
        }
    }

    @Test
    void whatTheHitBringsAlongIsPassedOn() {
        Hits hits = blank(2);
        hits.score(0, 7.5f);
        hits.popularity(0, 1.25);
        hits.clickRate(0, 0.75);
        assertArrayEquals(
                new float[] {7.5f, MISSING}, column(new Feature.FirstPassScore("x"), hits));
        assertArrayEquals(
                new float[] {1.25f, MISSING}, column(new Feature.ItemPopularity("x"), hits));
        assertArrayEquals(
                new float[] {0.75f, MISSING}, column(new Feature.ItemClickRate("x"), hits));
    }

    @Test
    void priceIsItsLogarithmAndMissingWhenNotAboveZero() {
        Hits hits = blank(3);
        hits.price(0, 100);
        hits.price(1, 0);
        hits.price(2, -5);
        assertArrayEquals(
                new float[] {4.6051702f, MISSING, MISSING},
                column(new Feature.Price("x"), hits),
                1e-6f);
    }

    @Test
    void ageIsInDays() {
        Hits hits = blank(1);
        hits.createdAt(0, NOW - 36 * 3_600_000.0);
        assertArrayEquals(new float[] {1.5f}, column(new Feature.Age("x"), hits));
    }

    @Test
    void affinityIsTheLargestShareOfWhatTheUserLikes() {
        Hits hits = blank(6);
        hits.attribute(0, 0, "light");
        hits.attribute(0, 1, "seat");
        hits.attribute(0, 2, "light", "seat");
        hits.attribute(0, 3, "floor");
        hits.attribute(0, 4, "garden");
        // Liked: light 0.5 and seat 1; the floor's -1 is no part of the 1.5.
        assertArrayEquals(
                new float[] {1 / 3f, 2 / 3f, 2 / 3f, -2 / 3f, 0, MISSING},
                column(new Feature.Affinity("x", "category"), hits),
                1e-6f);
    }

    @Test
    void affinityIsMissingWhereTheUserLikesNothing() {
        Hits hits = blank(1);
        hits.attribute(0, 0, "light");
        hits.attribute(1, 0, "acme");
        assertArrayEquals(new float[] {MISSING}, column(new Feature.Affinity("x", "brand"), hits));
        assertArrayEquals(
                new float[] {MISSING}, column(new Feature.Affinity("x", "unheard_of"), hits));
    }

    @Test
    void priceDistanceIsFromTheWeightedMeanOfLogarithms() {
        double mean = (0.5 * Math.log(50) + 1.0 * Math.log(800)) / 1.5;
        Hits hits = blank(3);
        hits.price(0, 50);
        hits.price(1, 1600);
        assertArrayEquals(
                new float[] {
                    (float) (mean - Math.log(50)), (float) (Math.log(1600) - mean), MISSING
                },
                column(new Feature.PriceDistance("x"), hits),
                1e-6f);
        assertArrayEquals(
                new float[] {MISSING, MISSING, MISSING},
                column(new Feature.PriceDistance("x"), new Profile(RULES), NO_INTEREST, hits));
    }

    @Test
    void interestIsDotAndCosineOfTheVectors() {
        Hits hits = withVectors(new float[] {3, 4}, new float[] {-4, 3}, new float[] {0, 0});
        float[] interest = {6, 8};
        assertArrayEquals(
                new float[] {50, 0, 0, MISSING},
                column(new Feature.InterestDot("x"), ann(), interest, hits));
        // No angle with a vector of length 0.
        assertArrayEquals(
                new float[] {1, 0, MISSING, MISSING},
                column(new Feature.InterestCosine("x"), ann(), interest, hits),
                1e-6f);
        assertArrayEquals(
                new float[] {5, 5, 0, MISSING}, column(new Feature.ItemVectorLength("x"), hits));
    }

    @Test
    void interestIsMissingWithoutAVectorOfTheItemsLength() {
        Hits hits = withVectors(new float[] {3, 4});
        for (float[] interest : new float[][] {{}, {1}, {1, 2, 3}}) {
            assertArrayEquals(
                    new float[] {MISSING, MISSING},
                    column(new Feature.InterestDot("x"), ann(), interest, hits));
            assertArrayEquals(
                    new float[] {MISSING, MISSING},
                    column(new Feature.InterestCosine("x"), ann(), interest, hits));
        }
    }

    @Test
    void whatTheUserDidWithTheVeryItemFades() {
        Hits hits = withIds("lamp", "sofa", "rug", "table");
        assertArrayEquals(
                new float[] {0.5f, 1, -1, 0}, column(new Feature.ItemWeight("x"), hits), 1e-6f);
        assertArrayEquals(
                new float[] {10, 20, 10, MISSING}, column(new Feature.DaysSinceItem("x"), hits));
    }

    @Test
    void eventsOfATypeAreCountedByTheirLogarithm() {
        Profile profile = ann();
        profile.apply(event("4", EventType.CLICK, 1, "sofa", "seat", 800));
        assertArrayEquals(
                new float[] {1.0986123f, 1.0986123f},
                column(
                        new Feature.EventCount("x", EventType.CLICK),
                        profile,
                        NO_INTEREST,
                        blank(2)),
                1e-6f);
        assertArrayEquals(
                new float[] {0}, column(new Feature.EventCount("x", EventType.VIEW), blank(1)));
    }

    @Test
    void aRowIsAHitAndAColumnAFeature() {
        Hits hits = withIds("lamp", "sofa", "rug");
        hits.score(1, 9);
        FeatureSet two =
                new FeatureSet(
                        List.of(new Feature.FirstPassScore("s"), new Feature.DaysSinceItem("d")));
        float[] matrix =
                new FeatureExtractor(two).extract(new Viewer(ann(), NO_INTEREST, NOW), hits);
        assertArrayEquals(new float[] {MISSING, 10, 9, 20, MISSING, 10}, matrix);
        assertEquals(
                0,
                new FeatureExtractor(two)
                        .extract(new Viewer(ann(), NO_INTEREST, NOW), blank(0))
                        .length);
    }
}
