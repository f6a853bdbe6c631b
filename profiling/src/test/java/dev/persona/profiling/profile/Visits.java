package dev.persona.profiling.profile;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Made-up events of one user, the same for the same seed. */
final class Visits {
    static final long DAY = 86_400_000;
    static final long START = 1_700_000_000_000L;

    /** Purchases count most, dismissals against; views of a page not at all. */
    static final Map<EventType, Double> WEIGHTS =
            Map.of(EventType.CLICK, 1.0, EventType.PURCHASE, 5.0, EventType.DISMISS, -2.0);

    private Visits() {}

    static ProfileRules rules(long halfLife) {
        return new ProfileRules(
                WEIGHTS, new ForwardDecay(halfLife), ZoneOffset.UTC, Optional.empty());
    }

    static Event event(EventType type, long time, String item, ItemFacts facts) {
        return new Event(
                type + "-" + time + "-" + item,
                "ann",
                type,
                time,
                item.isEmpty() ? List.of() : List.of(item),
                new float[0],
                Event.Origin.UNKNOWN,
                Event.Amount.ONE,
                facts,
                Event.Note.NONE);
    }

    static ItemFacts category(String category) {
        return new ItemFacts(Map.of("category", List.of(category)), Double.NaN);
    }

    /**
     * Events of all types over that many days, with few items, so that they come up again; the
     * earliest first.
     */
    static List<Event> random(long seed, int count, int days) {
        Random random = new Random(seed);
        List<EventType> types = EventType.standard();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int item = random.nextInt(60);
            ItemFacts facts =
                    new ItemFacts(
                            Map.of(
                                    "category", List.of("c" + item % 7, "all"),
                                    "brand", List.of("b" + item % 5)),
                            item % 4 == 0 ? Double.NaN : 1 + item * 3.5);
            long time = START + random.nextLong(days * DAY);
            events.add(event(types.get(random.nextInt(types.size())), time, "p" + item, facts));
        }
        events.sort(Comparator.comparingLong(Event::timestamp));
        return events;
    }
}
