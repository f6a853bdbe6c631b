package dev.persona.profiling.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a catalog takes as an event.
 *
 * @param custom the types that it has declared beside the standard ones, by name
 * @param eventsPerCall how many events one call may hold
 * @param eventBytes how long the JSON of one event may be, in bytes of UTF-8
 * @param idBytes how long an id may be, in bytes of UTF-8
 * @param mostAhead how far a timestamp may be ahead of the server's clock, in milliseconds
 * @param retention for how long events of a type are kept after their timestamp, in milliseconds
 * @param otherRetention the same for types that retention does not name; {@link #FOREVER} when they
 *     are kept without end
 */
public record EventRules(
        Map<String, EventType> custom,
        int eventsPerCall,
        int eventBytes,
        int idBytes,
        long mostAhead,
        Map<EventType, Long> retention,
        long otherRetention) {
    /** The retention of what is never forgotten. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** Elasticsearch's own limit for ids, in bytes of UTF-8. */
    public static final int MOST_ID_BYTES = 512;

    /** The rules of a catalog that says nothing about them. */
    public static final EventRules DEFAULT =
            new EventRules(Map.of(), 10_000, 65_536, MOST_ID_BYTES, 600_000, Map.of(), FOREVER);

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException when a bound is not above 0, an id could be longer than
     *     Elasticsearch takes, or a declared type is a standard one or has another name
     */
    public EventRules {
        if (eventsPerCall < 1 || eventBytes < 1 || idBytes < 1 || idBytes > MOST_ID_BYTES) {
            throw new IllegalArgumentException(
                    "bounds must be at least 1, that of ids at most "
                            + MOST_ID_BYTES
                            + ": "
                            + eventsPerCall
                            + " events, "
                            + eventBytes
                            + " bytes, ids of "
                            + idBytes
                            + " bytes");
        }
        if (mostAhead < 0) {
            throw new IllegalArgumentException("must not be negative, was " + mostAhead);
        }
        custom.forEach(
                (name, type) -> {
                    if (!type.isCustom() || !type.id().equals(name)) {
                        throw new IllegalArgumentException(
                                "no custom type: [" + name + "] for [" + type + "]");
                    }
                });
        custom = Map.copyOf(custom);
        Map<EventType, Long> copy = new TreeMap<>(retention);
        copy.values().forEach(EventRules::requirePositive);
        requirePositive(otherRetention);
        retention = Collections.unmodifiableMap(copy);
    }

    private static void requirePositive(long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("a retention must be above 0, was " + millis);
        }
    }

    /**
     * For how long events of a type are kept after their timestamp, in milliseconds; {@link
     * #FOREVER} when without end.
     */
    public long retention(EventType type) {
        return retention.getOrDefault(type, otherRetention);
    }
}
