package dev.persona.plugin.privacy;

import dev.persona.profiling.event.EventType;

/**
 * How many events of a user there are.
 *
 * @param events events that are neither of the following
 */
record EventCounts(long events, long impressions, long searches) {
    static final EventCounts NONE = new EventCounts(0, 0, 0);

    /** With more of a type. */
    EventCounts plus(String type, long count) {
        if (type.equals(EventType.IMPRESSION.id())) {
            return new EventCounts(events, impressions + count, searches);
        }
        return type.equals(EventType.SEARCH.id())
                ? new EventCounts(events, impressions, searches + count)
                : new EventCounts(events + count, impressions, searches);
    }

    /** The sum of each. */
    EventCounts plus(EventCounts other) {
        return new EventCounts(
                events + other.events, impressions + other.impressions, searches + other.searches);
    }

    /** The larger number of each. */
    EventCounts most(EventCounts other) {
        return new EventCounts(
                Math.max(events, other.events),
                Math.max(impressions, other.impressions),
                Math.max(searches, other.searches));
    }
}
