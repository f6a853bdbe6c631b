package dev.persona.profiling.event;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.json.NearestName;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds single values of an event that arrives against the rules. Each check is told the name that
 * the value has in the sender's format, for the message.
 *
 * @param rules what the catalog takes
 * @param now time of arrival in milliseconds
 */
record EventBounds(EventRules rules, long now) {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** A standard type, or one that the catalog has declared. */
    Optional<EventType> knownType(String name) {
        return EventType.standard(name).or(() -> Optional.ofNullable(rules.custom().get(name)));
    }

    /** What to say of a type that is not known. */
    InvalidFieldException unknownType(String field, String name) {
        List<String> known = new ArrayList<>(EventType.ids());
        rules.custom().keySet().stream().sorted().forEach(known::add);
        return new InvalidFieldException(
                field,
                "is no event type: ["
                        + JsonFields.shorten(name)
                        + "]"
                        + NearestName.of(name, known)
                                .map(near -> ", did you mean [" + near + "]?")
                                .orElse(", known are " + known));
    }

    /** Refuses an id, or another name that is kept by each user, that is too long. */
    void checkId(String field, String id) {
        // A character is at most 3 bytes: most ids need no second look.
        if (id.length() * 3L <= rules.idBytes()) {
            return;
        }
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > rules.idBytes()) {
            throw new InvalidFieldException(
                    field, "must be at most " + rules.idBytes() + " bytes, was " + bytes);
        }
    }

    /** The same for one that may be missing. */
    Optional<String> checkId(String field, Optional<String> id) {
        id.ifPresent(text -> checkId(field, text));
        return id;
    }

    /** Refuses what is too far ahead, or so old that it would be forgotten at once. */
    void checkTimestamp(String field, EventType type, long timestamp) {
        if (timestamp < 0) {
            throw new InvalidFieldException(
                    field, "must not be before 1970, was " + Instant.ofEpochMilli(timestamp));
        }
        if (timestamp - now > rules.mostAhead()) {
            throw new InvalidFieldException(
                    field,
                    "must be at most "
                            + time(rules.mostAhead())
                            + " ahead of the server's clock, was "
                            + Instant.ofEpochMilli(timestamp));
        }
        long retention = rules.retention(type);
        if (now - timestamp > retention) {
            throw new InvalidFieldException(
                    field,
                    "must not be before "
                            + Instant.ofEpochMilli(now - retention)
                            + ", as events of type ["
                            + type.id()
                            + "] are kept for "
                            + time(retention)
                            + ", was "
                            + Instant.ofEpochMilli(timestamp));
        }
    }

    /** Milliseconds in the largest unit that leaves a whole number, such as 90d. */
    private static String time(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis % DAY == 0) {
            return millis / DAY + "d";
        }
        if (millis % HOUR == 0) {
            return millis / HOUR + "h";
        }
        if (millis % MINUTE == 0) {
            return millis / MINUTE + "m";
        }
        return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
    }
}
