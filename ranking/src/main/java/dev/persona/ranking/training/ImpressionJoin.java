package dev.persona.ranking.training;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins what a user did to the impression it came from: same query_id, same item, not before the
 * impression and at most a day after it.
 */
final class ImpressionJoin {
    private static final Map<EventType, Integer> GRADES =
            Map.of(
                    EventType.PURCHASE, 3,
                    EventType.ADD_TO_CART, 2,
                    EventType.FAVORITE, 2,
                    EventType.CLICK, 1,
                    EventType.VIEW, 1);

    /** How long after an impression an action still counts for it, in milliseconds. */
    static final long WINDOW = 86_400_000L;

    private record Key(String queryId, String item) {}

    private final Map<Key, List<Event>> actions = new HashMap<>();

    /** Takes the events of one user. */
    ImpressionJoin(List<Event> events) {
        for (Event event : events) {
            if (event.item().isPresent() && event.query().queryId().isPresent()) {
                Key key = new Key(event.query().queryId().get(), event.item().get());
                actions.computeIfAbsent(key, k -> new ArrayList<>(2)).add(event);
            }
        }
    }

    /**
     * The grade of each shown item, by the best thing that was done with it.
     *
     * @return one grade for each item of the impression, from 0 (nothing) to 3 (bought)
     */
    int[] grades(Event impression) {
        int[] grades = new int[impression.items().size()];
        if (impression.query().queryId().isEmpty()) {
            return grades;
        }
        String queryId = impression.query().queryId().get();
        for (int i = 0; i < grades.length; i++) {
            Key key = new Key(queryId, impression.items().get(i));
            for (Event action : actions.getOrDefault(key, List.of())) {
                long delay = action.timestamp() - impression.timestamp();
                if (delay >= 0 && delay <= WINDOW) {
                    grades[i] = Math.max(grades[i], grade(action.type()));
                }
            }
        }
        return grades;
    }

    private static int grade(EventType type) {
        return GRADES.getOrDefault(type, 0);
    }
}
