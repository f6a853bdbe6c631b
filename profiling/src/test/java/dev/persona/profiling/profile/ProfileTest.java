package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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

    /** Every number of a profile under a name of its own. */
    private static Map<String, Double> flat(Profile profile) {
        Map<String, Double> flat = new TreeMap<>();
        flat.put("first", (double) profile.firstSeen());
        flat.put("last", (double) profile.lastSeen());
        profile.counts().forEach((type, n) -> flat.put("n " + type, (double) n));
        profile.affinities
                .all()
                .forEach((a, values) -> values.forEach((v, sum) -> flat.put(a + "=" + v, sum)));
        flat.put("price", profile.price().meanLog());
        flat.put("price weight", profile.price().weight());
        for (RecentItems.RecentItem item : profile.recentItems().all()) {
            flat.put(item.item(), item.weight());
            flat.put(item.item() + " last", (double) item.last());
            item.actions().forEach((t, n) -> flat.put(item.item() + t, (double) n));
        }
        return flat;
    }

    @Test
    void theOrderOfTheEventsDoesNotMatter() {
        List<Event> events = Visits.random(1, 400, 400);
        Map<String, Double> expected = flat(of(Visits.DAY, events));
        for (int seed = 0; seed < 20; seed++) {
            List<Event> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));
            Map<String, Double> actual = flat(of(Visits.DAY, shuffled));
            assertEquals(expected.keySet(), actual.keySet());
            expected.forEach(
                    (name, value) ->
                            assertEquals(value, actual.get(name), Math.abs(value) * 1e-9, name));
        }
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
    void affinitiesEqualANaiveRecount() {
        List<Event> events = Visits.random(2, 500, 400);
        Profile profile = of(DAYS * Visits.DAY, events);
        double decay = profile.decayAt(END);

        for (String attribute : List.of("category", "brand")) {
            Map<String, Double> sums = profile.affinities().of(attribute);
            assertEquals(attribute.equals("brand") ? 5 : 8, sums.size());
            double positive = 0;
            for (Map.Entry<String, Double> e : sums.entrySet()) {
                assertRecounted(
                        events,
                        x -> x.facts().attributes().get(attribute).contains(e.getKey()),
                        e.getValue() * decay,
                        e.getKey());
                positive += Math.max(0, e.getValue());
            }
            assertEquals(positive, profile.affinities().positive(attribute), positive * 1e-12);
        }
    }

    @Test
    void countsTimesAndRecentItemsEqualANaiveRecount() {
        List<Event> events = Visits.random(3, 500, 400);
        Profile profile = of(DAYS * Visits.DAY, events);
        double decay = profile.decayAt(END);

        for (EventType type : EventType.standard()) {
            assertEquals(
                    events.stream().filter(e -> e.type() == type).count(), profile.count(type));
        }
        assertEquals(
                events.stream().mapToLong(Event::timestamp).min().getAsLong(), profile.firstSeen());
        assertEquals(
                events.stream().mapToLong(Event::timestamp).max().getAsLong(), profile.lastSeen());
        HashSet<String> items = new HashSet<>();
        events.stream()
                .filter(e -> e.type() != EventType.IMPRESSION && e.type() != EventType.SEARCH)
                .forEach(e -> items.add(e.items().get(0)));
        assertEquals(items.size(), profile.recentItems().all().size());
        for (String id : items) {
            RecentItems.RecentItem item = profile.recentItems().find(id).orElseThrow();
            List<Event> own =
                    events.stream().filter(e -> e.item().equals(Optional.of(id))).toList();
            assertRecounted(own, e -> true, item.weight() * decay, id);
            assertEquals(own.stream().mapToLong(Event::timestamp).max().getAsLong(), item.last());
            for (EventType type : EventType.standard()) {
                assertEquals(
                        own.stream().filter(e -> e.type() == type).count(),
                        item.actions().getOrDefault(type, 0).longValue());
            }
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
        assertEquals(weight, profile.price().weight() * profile.decayAt(END), weight * 1e-9);
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
            assertEquals(1, sums.get("new") * profile.decayAt(Visits.START), 1e-12);
            assertEquals(0, sums.getOrDefault("old", 0.0));
            assertEquals(1, profile.count(EventType.PURCHASE));
            assertEquals(31_536_000_000L, profile.firstSeen());
            RecentItems.RecentItem old = profile.recentItems().find("p1").orElseThrow();
            assertEquals(31_536_000_000L, old.last());
            assertEquals(Map.of(EventType.PURCHASE, 1), old.actions());
        }
    }

    @Test
    void anAttributeKeepsItsHundredWeightiestValues() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            EventType type = i < 50 ? EventType.CLICK : EventType.PURCHASE;
            events.add(Visits.event(type, Visits.START, "p" + i, Visits.category("c" + i)));
        }
        Map<String, Double> sums = of(Visits.DAY, events).affinities().of("category");

        assertEquals(100, sums.size());
        for (int i = 0; i < 150; i++) {
            assertEquals(i >= 50, sums.containsKey("c" + i), "c" + i);
        }
    }

    @Test
    void theTwoHundredLatestItemsAreKept() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            events.add(Visits.event(EventType.VIEW, Visits.START + i, "p" + i, ItemFacts.UNKNOWN));
        }
        Collections.shuffle(events, new Random(5));
        RecentItems items = of(Visits.DAY, events).recentItems();

        assertEquals(200, items.all().size());
        for (int i = 0; i < 250; i++) {
            assertEquals(i >= 50, items.find("p" + i).isPresent(), "p" + i);
        }
    }

    @Test
    void aNegativeWeightSpeaksAgainstTheValuesButNotForAPrice() {
        ItemFacts facts = new ItemFacts(Map.of("brand", List.of("b")), 20);
        Profile profile = of(Visits.DAY, List.of(Visits.event(EventType.DISMISS, END, "p", facts)));

        double decay = profile.decayAt(END);
        assertEquals(-2, profile.affinities().of("brand").get("b") * decay, 1e-12);
        assertEquals(0, profile.affinities().positive("brand"));
        assertEquals(-2, profile.recentItems().find("p").orElseThrow().weight() * decay, 1e-12);
        assertFalse(profile.price().isKnown());
        assertTrue(Double.isNaN(profile.price().meanLog()));
    }

    @Test
    void aWeightBeyondAMillionOrNoNumberIsRefused() {
        ForwardDecay decay = new ForwardDecay(1);
        for (double weight : new double[] {1.1e6, -1.1e6, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ProfileRules(Map.of(EventType.VIEW, weight), decay));
        }
    }
}
