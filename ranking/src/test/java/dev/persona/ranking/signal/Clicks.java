package dev.persona.ranking.signal;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.ProfileRules;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists shown and what was done with their items. */
final class Clicks {
    static final long DAY = 86_400_000L;
    static final long NOW = 20_000 * DAY;

    /** Half of a weight is left after 10 days. */
    static final ProfileRules RULES =
            new ProfileRules(
                    Map.of(
                            EventType.CLICK, 1.0,
                            EventType.PURCHASE, 4.0,
                            EventType.DISMISS, -2.0),
                    new ForwardDecay(10 * DAY),
                    ZoneOffset.UTC,
                    Optional.empty());

    /** Everything counts. */
    static final TrainingWindow WINDOW = TrainingWindow.all(RULES.decay());

    private Clicks() {}

    /** A list shown from a place on. */
    static Event shown(String user, int position, String... items) {
        return event(user, EventType.IMPRESSION, List.of(items), position, 0);
    }

    static Event action(EventType type, String user, String item, int position, int daysAgo) {
        return event(user, type, List.of(item), position, daysAgo);
    }

    private static Event event(
            String user, EventType type, List<String> items, int position, int daysAgo) {
        return new Event(
                "id",
                user,
                type,
                NOW - daysAgo * DAY,
                items,
                new float[0],
                new Event.Origin(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        position,
                        Optional.empty()),
                Event.Amount.ONE,
                ItemFacts.UNKNOWN,
                Event.Note.NONE);
    }
}
