package dev.persona.profiling.profile;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Made-up events with everything that an event can say, ties and repeats of all kinds among them.
 */
final class Lives {
    static final long DAY = 86_400_000;
    static final long NOW = 1_775_000_000_000L;

    static final EventType WISHLIST = EventType.named("wishlist");

    static final Map<EventType, Double> WEIGHTS =
            Map.of(
                    EventType.VIEW,
                    0.7,
                    EventType.CLICK,
                    1.0,
                    EventType.PURCHASE,
                    5.3,
                    EventType.RATING,
                    2.0,
                    WISHLIST,
                    3.1,
                    EventType.DISMISS,
                    -2.4);

    private Lives() {}

    static ProfileRules rules(String zone) {
        return new ProfileRules(
                WEIGHTS, new ForwardDecay(30 * DAY), ZoneId.of(zone), Optional.of("category"));
    }

    static NaiveProfile naive(List<Event> events, ProfileRules rules) {
        return new NaiveProfile(events, WEIGHTS, 30 * DAY, rules.zone(), Optional.of("category"));
    }

    static Profile profile(List<Event> events, ProfileRules rules) {
        Profile profile = new Profile(rules);
        events.forEach(profile::apply);
        return profile;
    }

    /**
     * Events over so many days up to now, in no order; one in ten has the time of the one before.
     */
    static List<Event> random(long seed, int count, int days) {
        Random random = new Random(seed);
        List<EventType> types = new ArrayList<>(EventType.standard());
        types.add(WISHLIST);
        List<Event> events = new ArrayList<>();
        long time = NOW;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(10) > 0) {
                time = NOW - random.nextLong(days * DAY);
            }
            EventType type = types.get(random.nextInt(types.size()));
            events.add(event("e" + i, type, time, random));
        }
        return events;
    }

    private static Event event(String id, EventType type, long time, Random random) {
        int item = random.nextInt(60);
        boolean none = type == WISHLIST && random.nextBoolean();
        ItemFacts facts =
                new ItemFacts(
                        Map.of(
                                "category",
                                List.of("c" + item % 7, "all"),
                                "brand",
                                List.of("b" + item % 5)),
                        item % 4 == 0 ? Double.NaN : 1 + item * 3.5);
        Event.Origin origin =
                new Event.Origin(
                        random.nextInt(4) == 0
                                ? Optional.empty()
                                : Optional.of("s" + random.nextInt(200)),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        random.nextInt(3) == 0
                                ? Optional.empty()
                                : Optional.of("channel-" + random.nextInt(80)));
        Event.Amount amount =
                new Event.Amount(
                        1 + random.nextInt(5),
                        random.nextBoolean() ? Double.NaN : random.nextInt(100_000) / 3e3,
                        random.nextInt(5) == 0 ? Double.NaN : random.nextInt(13) / 2.0);
        return new Event(
                id,
                "ann",
                type,
                time,
                none ? List.of() : List.of("p" + item),
                new float[0],
                origin,
                amount,
                type.isAboutList() || none ? ItemFacts.UNKNOWN : facts,
                Event.Note.NONE);
    }
}
