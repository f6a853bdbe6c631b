package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

class ProfileTest {
    private static final long END = Visits.START + 400 * Visits.DAY;

    /** Half-life of the recounts: a landmark falls among the events, on the 293rd day. */
    private static final long DAYS = 26;

    private static Profile of(long halfLife, List<Event> events) {
        Profile profile = new Profile(Visits.rules(halfLife));
        events.forEach(profile::apply);
        return profile;
    }

    /** Weights of the events, each decayed by itself, backward from the time of reading. */
    private static double recount(List<Event> events, Predicate<Event> which, boolean magnitude) {
        double sum = 0;
        for (Event event : events) {
            if (which.test(event)) {
                double weight = Visits.WEIGHTS.getOrDefault(event.type(), 0.0);
                double days = (END - event.timestamp()) / (double) Visits.DAY;
                sum +=
                        (magnitude ? Math.abs(weight) : weight)
                                * Math.exp(-Math.log(2) * days / DAYS);
            }
        }
        return sum;
    }

    private static double at(Profile profile, String attribute, String value, long now) {
        return profile.affinities().at(attribute, value, now, profile.rules().decay());
    }

    private static void assertRecounted(
            List<Event> events, Predicate<Event> which, double actual, String name) {
        double tolerance = 1e-9 * recount(events, which, true);
        assertEquals(recount(events, which, false), actual, tolerance, name);
    }

    @Test
    void theRecountsReachAcrossALandmark() {
        ForwardDecay decay = new ForwardDecay(DAYS * Visits.DAY);
        assertEquals(
                decay.landmark(Visits.START + 292 * Visits.DAY) + 1,
                decay.landmark(Visits.START + 293 * Visits.DAY));
    }

    @Test
    void theDearestValuesAreTheFirstOfAllThatAreLikedInOrder() {
        Profile profile = of(DAYS * Visits.DAY, Visits.random(12, 500, 400));

        for (String attribute : List.of("category", "brand")) {
            List<String> liked =
                    profile.affinities().of(attribute).entrySet().stream()
                            .filter(e -> e.getValue() > 0)
                            .sorted(
                                    Map.Entry.<String, Double>comparingByValue()
                                            .reversed()
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .map(Map.Entry::getKey)
                            .toList();
            for (int most = 0; most <= 9; most++) {
                assertEquals(
                        liked.subList(0, Math.min(most, liked.size())),
                        profile.affinities().dearest(attribute, most));
            }
        }
        assertEquals(List.of(), profile.affinities().dearest("color", 3));
    }

    @Test
    void affinitiesEqualANaiveRecount() {
        List<Event> events = Visits.random(2, 500, 400);
        Profile profile = of(DAYS * Visits.DAY, events);

        for (String attribute : List.of("category", "brand")) {
            Map<String, Double> sums = profile.affinities().of(attribute);
            assertEquals(attribute.equals("brand") ? 5 : 8, sums.size());
            double positive = 0;
            for (Map.Entry<String, Double> e : sums.entrySet()) {
                assertRecounted(
                        events,
                        x -> x.facts().attributes().get(attribute).contains(e.getKey()),
                        at(profile, attribute, e.getKey(), END),
                        e.getKey());
                positive += Math.max(0, e.getValue());
            }
            assertEquals(positive, profile.affinities().positive(attribute), positive * 1e-12);
        }
    }

    @Test
    void thePriceLevelEqualsATwoPassRecountOfWhatTheUserTurnedTo() {
        List<Event> events =
                Visits.random(4, 500, 400).stream()
                        .filter(e -> !Double.isNaN(e.facts().price()))
                        .filter(e -> Visits.WEIGHTS.getOrDefault(e.type(), 0.0) > 0)
                        .toList();
        Profile profile = of(DAYS * Visits.DAY, Visits.random(4, 500, 400));

        double weight = recount(events, e -> true, false);
        double mean = 0;
        for (Event event : events) {
            mean += recount(List.of(event), e -> true, false) * Math.log(event.facts().price());
        }
        mean /= weight;
        double variance = 0;
        for (Event event : events) {
            double off = Math.log(event.facts().price()) - mean;
            variance += recount(List.of(event), e -> true, false) * off * off / weight;
        }
        assertEquals(weight, profile.price().weight(END, profile.rules().decay()), weight * 1e-9);
        assertEquals(mean, profile.price().meanLog(), 1e-9);
        assertEquals(Math.sqrt(variance), profile.price().deviationLog(), 1e-7);
    }

    @Test
    void decadesApartTheLateEventCountsInFullAndTheEarlyOneIsStillRemembered() {
        Event early =
                Visits.event(EventType.PURCHASE, 31_536_000_000L, "p1", Visits.category("old"));
        Event late = Visits.event(EventType.CLICK, Visits.START, "p2", Visits.category("new"));
        for (List<Event> events : List.of(List.of(early, late), List.of(late, early))) {
            Profile profile = of(1000, events);
            Map<String, Double> sums = profile.affinities().of("category");
            assertEquals(1, at(profile, "category", "new", Visits.START), 1e-12);
            assertEquals(0, sums.getOrDefault("old", 0.0));
            assertEquals(1, profile.count(EventType.PURCHASE));
            assertEquals(31_536_000_000L, profile.firstSeen());
            RecentItem old = profile.recentItems().find("p1").orElseThrow();
            assertEquals(31_536_000_000L, old.last());
            assertEquals(Map.of(EventType.PURCHASE, 1), old.actions());
        }
    }

    @Test
    void anAttributeKeepsItsThousandWeightiestValuesAndShowsAHundred() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1050; i++) {
            EventType type = i < 50 ? EventType.CLICK : EventType.PURCHASE;
            events.add(Visits.event(type, Visits.START, "p" + i, Visits.category("c" + i)));
        }
        Profile profile = of(Visits.DAY, events);
        Map<String, Double> sums = profile.affinities().of("category");

        assertEquals(1000, sums.size());
        for (int i = 0; i < 1050; i++) {
            assertEquals(i >= 50, sums.containsKey("c" + i), "c" + i);
        }
        assertEquals(
                100, ProfileJson.shown(profile, Visits.START).at("/affinities/category").size());
    }

    @Test
    void theFiveHundredLatestEventsAboutItemsAreKept() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            events.add(Visits.event(EventType.VIEW, Visits.START + i, "p" + i, ItemFacts.UNKNOWN));
        }
        Collections.shuffle(events, new Random(5));
        RecentItems items = of(Visits.DAY, events).recentItems();

        assertEquals(500, items.all().size());
        for (int i = 0; i < 700; i++) {
            assertEquals(i >= 200, items.find("p" + i).isPresent(), "p" + i);
        }
    }

    @Test
    void likesAndDislikesThatCancelOutLeaveNothing() {
        ItemFacts facts = Visits.category("lamps");
        Event click = Visits.event(EventType.CLICK, END, "p", facts);
        Event dismiss = Visits.event(EventType.DISMISS, END, "p", facts);
        Profile profile = of(Visits.DAY, List.of(click, dismiss, click));

        assertTrue(profile.affinities().of("category").isEmpty());
        assertFalse(ProfileJson.stored(profile).has("affinities"));
    }

    @Test
    void aPriceOfLongAgoIsStillKnownToAllItsDigits() {
        Event early = Visits.event(EventType.CLICK, 0, "p", new ItemFacts(Map.of(), 20));
        Event late = Visits.event(EventType.SEARCH, END, "", ItemFacts.UNKNOWN);
        for (List<Event> events : List.of(List.of(early, late), List.of(late, early))) {
            Profile profile = of(60_000, events);
            assertEquals(Math.log(20), profile.price().meanLog(), 1e-12);
            assertEquals(20, ProfileJson.shown(profile, END).at("/price/mean").asDouble());
        }
    }

    @Test
    void farBeforeTheEventsAndFarAfterThemNumbersAreFinite() {
        Profile profile = of(60_000, Visits.random(1, 200, 100));
        for (long now : new long[] {0, Visits.START, END, 4 * END}) {
            String shown = ProfileJson.shown(profile, now).toString();
            assertFalse(shown.contains("Infinity") || shown.contains("NaN"), shown);
        }
    }

    @Test
    void aRatingSpeaksForOrAgainstByItsStars() {
        double[][] starsAndWeights = {{1, -3}, {2, -1.5}, {3, 0}, {4, 1.5}, {5, 3}, {9, 3}};
        for (double[] pair : starsAndWeights) {
            Event rating =
                    new Event(
                            "r",
                            "ann",
                            EventType.RATING,
                            END,
                            List.of("p"),
                            new float[0],
                            Event.Origin.UNKNOWN,
                            new Event.Amount(1, Double.NaN, pair[0]),
                            Visits.category("lamps"),
                            Event.Note.NONE);
            ProfileRules rules =
                    new ProfileRules(
                            Map.of(EventType.RATING, 3.0),
                            new ForwardDecay(Visits.DAY),
                            ZoneOffset.UTC,
                            Optional.empty());
            Profile profile = new Profile(rules);
            profile.apply(rating);
            assertEquals(pair[1], at(profile, "category", "lamps", END), 1e-12);
            assertEquals(pair[1], profile.recentItems().find("p").orElseThrow().weight(END), 1e-12);
        }
    }

    @Test
    void aNegativeWeightSpeaksAgainstTheValuesButNotForAPrice() {
        ItemFacts facts = new ItemFacts(Map.of("brand", List.of("b")), 20);
        Profile profile = of(Visits.DAY, List.of(Visits.event(EventType.DISMISS, END, "p", facts)));

        assertEquals(-2, at(profile, "brand", "b", END), 1e-12);
        assertEquals(0, profile.affinities().positive("brand"));
        assertEquals(-2, profile.recentItems().find("p").orElseThrow().weight(END), 1e-12);
        assertFalse(profile.price().isKnown());
        assertTrue(Double.isNaN(profile.price().meanLog()));
    }

    @Test
    void aWeightBeyondAMillionOrNoNumberIsRefused() {
        ForwardDecay decay = new ForwardDecay(1);
        for (double weight : new double[] {1.1e6, -1.1e6, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new ProfileRules(
                                    Map.of(EventType.VIEW, weight),
                                    decay,
                                    ZoneOffset.UTC,
                                    Optional.empty()));
        }
    }
}
