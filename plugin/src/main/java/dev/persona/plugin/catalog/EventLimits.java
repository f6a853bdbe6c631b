package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventRules;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;

import java.util.regex.Pattern;

/**
 * How much of events a catalog takes.
 *
 * @param eventsPerCall how many events one call may hold
 * @param eventBytes how long the JSON of one event may be
 * @param idBytes how long an id may be, in bytes of UTF-8
 * @param future how far a timestamp may be ahead of the server's clock
 */
public record EventLimits(
        int eventsPerCall, ByteSizeValue eventBytes, int idBytes, TimeValue future) {
    /** The limits of a catalog that says nothing about them. */
    public static final EventLimits DEFAULT =
            new EventLimits(
                    EventRules.DEFAULT.eventsPerCall(),
                    ByteSizeValue.ofKb(EventRules.DEFAULT.eventBytes() / 1024),
                    EventRules.DEFAULT.idBytes(),
                    TimeValue.timeValueMinutes(EventRules.DEFAULT.mostAhead() / 60_000));

    /** Elasticsearch also takes fractions and far larger units, which no event needs. */
    private static final Pattern SIZE = Pattern.compile("\\d{1,12}(b|kb|mb)");

    private static final int MOST_EVENTS = 1_000_000;
    private static final ByteSizeValue LEAST_EVENT_BYTES = ByteSizeValue.ofBytes(128);
    private static final ByteSizeValue MOST_EVENT_BYTES = ByteSizeValue.ofMb(10);
    private static final TimeValue MOST_FUTURE = TimeValue.timeValueDays(365);

    /** Reads the object {@code limits}; what it does not name is as in {@link #DEFAULT}. */
    static EventLimits parse(JsonFields fields) {
        EventLimits limits =
                new EventLimits(
                        fields.integer("events_per_call", 1, MOST_EVENTS)
                                .orElse(DEFAULT.eventsPerCall),
                        fields.string("event_bytes")
                                .map(EventLimits::eventBytes)
                                .orElse(DEFAULT.eventBytes),
                        fields.integer("id_bytes", 1, EventRules.MOST_ID_BYTES)
                                .orElse(DEFAULT.idBytes),
                        fields.string("future")
                                .map(
                                        text ->
                                                Times.parse(
                                                        "limits.future",
                                                        text,
                                                        TimeValue.ZERO,
                                                        MOST_FUTURE))
                                .orElse(DEFAULT.future));
        fields.refuseUnknown();
        return limits;
    }

    private static ByteSizeValue eventBytes(String text) {
        if (!SIZE.matcher(text).matches()) {
            throw new InvalidFieldException(
                    "limits.event_bytes",
                    "must be a size such as 64kb, was [" + JsonFields.shorten(text) + "]");
        }
        ByteSizeValue size = ByteSizeValue.parseBytesSizeValue(text, "limits.event_bytes");
        if (size.compareTo(LEAST_EVENT_BYTES) < 0 || size.compareTo(MOST_EVENT_BYTES) > 0) {
            throw new InvalidFieldException(
                    "limits.event_bytes",
                    "must be from "
                            + LEAST_EVENT_BYTES.getStringRep()
                            + " to "
                            + MOST_EVENT_BYTES.getStringRep()
                            + ", was ["
                            + JsonFields.shorten(text)
                            + "]");
        }
        return size;
    }

    /** The form that {@link #parse} reads. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("events_per_call", eventsPerCall)
                .put("event_bytes", eventBytes.getStringRep())
                .put("id_bytes", idBytes)
                .put("future", future.getStringRep());
    }
}
