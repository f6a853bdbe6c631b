package dev.persona.profiling.event;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads events in Persona's own format, strictly: what is not known is refused by name. */
final class NativeEvents {
    /** How many items one impression may show. */
    static final int MOST_ITEMS = 1000;

    private NativeEvents() {}

    /**
     * Reads one event.
     *
     * @return with an empty id when it came without one
     */
    static Event read(JsonNode json, EventBounds bounds) {
        JsonFields fields = JsonFields.of(json, "event");
        Optional<String> id = bounds.checkId("event_id", fields.string("event_id"));
        String user = fields.requiredString("user_id");
        bounds.checkId("user_id", user);
        String name = fields.requiredString("type");
        EventType type = bounds.knownType(name).orElseThrow(() -> bounds.unknownType("type", name));
        Optional<String> item = bounds.checkId("item_id", fields.string("item_id"));
        List<String> shown = fields.strings("items");
        float[] scores = fields.floats("scores");
        long timestamp =
                fields.any("timestamp")
                        .map(node -> Timestamps.read("timestamp", node))
                        .orElse(bounds.now());
        Event.Origin origin =
                new Event.Origin(
                        bounds.checkId("session_id", fields.string("session_id")),
                        bounds.checkId("query_id", fields.string("query_id")),
                        fields.string("query"),
                        fields.integer("position", 1, Integer.MAX_VALUE).orElse(0),
                        bounds.checkId("channel", fields.string("channel")));
        Event.Amount amount =
                new Event.Amount(
                        fields.integer("quantity", 1, Integer.MAX_VALUE).orElse(1),
                        price(fields),
                        fields.number("value").orElse(Double.NaN));
        Event.Note note = new Event.Note(fields.string("text"), context(fields), bounds.now());
        refuseUnknown(fields);
        bounds.checkTimestamp("timestamp", type, timestamp);
        List<String> items = items(type, item, shown, bounds);
        if (scores.length != 0 && (!type.isAboutList() || scores.length != items.size())) {
            throw new InvalidFieldException(
                    "scores",
                    "must hold one score for each of [items], was "
                            + scores.length
                            + " for "
                            + items.size());
        }
        return new Event(
                id.orElse(""),
                user,
                type,
                timestamp,
                items,
                scores,
                origin,
                amount,
                ItemFacts.UNKNOWN,
                note);
    }

    private static Map<String, Object> context(JsonFields fields) {
        Map<String, Object> context = EventContext.read(fields, "context");
        EventContext.refuseIpAddresses("context.", context.keySet());
        return context;
    }

    /** An IP address is no field either, but there is more to say of it. */
    private static void refuseUnknown(JsonFields fields) {
        try {
            fields.refuseUnknown();
        } catch (InvalidFieldException e) {
            EventContext.refuseIpAddresses("", List.of(e.field()));
            throw e;
        }
    }

    private static double price(JsonFields fields) {
        double price = fields.number("price").orElse(Double.NaN);
        if (price < 0) {
            throw new InvalidFieldException("price", "must not be negative, was " + price);
        }
        return price;
    }

    private static List<String> items(
            EventType type, Optional<String> item, List<String> shown, EventBounds bounds) {
        if (!type.isAboutList()) {
            if (!shown.isEmpty()) {
                throw new InvalidFieldException(
                        "items", "is for impressions, a " + type.id() + " takes [item_id]");
            }
            if (type.requiresItem() && item.isEmpty()) {
                throw new InvalidFieldException("item_id", "is required for a " + type.id());
            }
            return item.map(List::of).orElse(List.of());
        }
        if (item.isPresent()) {
            throw new InvalidFieldException(
                    "item_id", "is not for " + type.id() + ", it takes [items]");
        }
        if (type == EventType.IMPRESSION && shown.isEmpty()) {
            throw new InvalidFieldException("items", "is required for an impression");
        }
        if (shown.size() > MOST_ITEMS) {
            throw new InvalidFieldException(
                    "items", "must be at most " + MOST_ITEMS + ", was " + shown.size());
        }
        shown.forEach(id -> bounds.checkId("items", id));
        return shown;
    }
}
