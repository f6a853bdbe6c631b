package dev.persona.profiling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.json.NearestName;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events as JSON: as a shop sends them, and as they are stored. */
public final class EventJson {
    /** Elasticsearch's own limit for ids, in bytes of UTF-8. */
    static final int MOST_ID_BYTES = 512;

    /** How many items one impression may show. */
    static final int MOST_ITEMS = 1000;

    /** How far a shop's clock may be ahead, in milliseconds. */
    static final long MOST_AHEAD = 600_000;

    private EventJson() {}

    /**
     * Reads an event as a shop sends it.
     *
     * @param now the time of arrival in milliseconds, taken where the event has no timestamp
     * @throws InvalidFieldException naming the field, what is wrong and what would be right
     */
    public static Event parse(JsonNode json, long now) {
        JsonFields fields = JsonFields.of(json, "event");
        Optional<String> id = fields.string("event_id");
        String user = fields.requiredString("user_id");
        EventType type = type(fields.requiredString("type"));
        Optional<String> item = fields.string("item_id");
        List<String> shown = fields.strings("items");
        float[] scores = fields.floats("scores");
        long timestamp =
                fields.any("timestamp").map(node -> Timestamps.read("timestamp", node)).orElse(now);
        Event.Origin origin =
                new Event.Origin(
                        fields.string("session_id"),
                        fields.string("query_id"),
                        fields.string("query"),
                        fields.integer("position", 1, Integer.MAX_VALUE).orElse(0),
                        fields.string("channel"));
        Event.Amount amount =
                new Event.Amount(
                        fields.integer("quantity", 1, Integer.MAX_VALUE).orElse(1),
                        price(fields),
                        fields.number("value").orElse(Double.NaN));
        fields.refuseUnknown();
        if (timestamp < 0) {
            throw new InvalidFieldException(
                    "timestamp", "must not be before 1970, was " + Instant.ofEpochMilli(timestamp));
        }
        if (timestamp > now + MOST_AHEAD) {
            throw new InvalidFieldException(
                    "timestamp",
                    "must be at most 10 minutes ahead of the server's clock, was "
                            + Instant.ofEpochMilli(timestamp));
        }

        id.ifPresent(text -> checkLength("event_id", text));
        checkLength("user_id", user);
        List<String> items = items(type, item, shown);
        if (scores.length != 0 && (!type.isAboutList() || scores.length != items.size())) {
            throw new InvalidFieldException(
                    "scores",
                    "must hold one score for each of [items], was "
                            + scores.length
                            + " for "
                            + items.size());
        }
        Event event =
                new Event(
                        id.orElse(""),
                        user,
                        type,
                        timestamp,
                        items,
                        scores,
                        origin,
                        amount,
                        ItemFacts.UNKNOWN,
                        Event.Note.NONE);
        return id.isPresent() ? event : ContentId.give(event);
    }

    private static EventType type(String id) {
        return EventType.standard(id)
                .orElseThrow(
                        () ->
                                new InvalidFieldException(
                                        "type",
                                        "is no event type: ["
                                                + JsonFields.shorten(id)
                                                + "]"
                                                + NearestName.of(id, EventType.ids())
                                                        .map(n -> ", did you mean [" + n + "]?")
                                                        .orElse(", known are " + EventType.ids())));
    }

    private static double price(JsonFields fields) {
        double price = fields.number("price").orElse(Double.NaN);
        if (price < 0) {
            throw new InvalidFieldException("price", "must not be negative, was " + price);
        }
        return price;
    }

    private static List<String> items(EventType type, Optional<String> item, List<String> shown) {
        if (type.requiresItem()) {
            if (!shown.isEmpty()) {
                throw new InvalidFieldException(
                        "items", "is for impressions, a " + type.id() + " takes [item_id]");
            }
            String id =
                    item.orElseThrow(
                            () ->
                                    new InvalidFieldException(
                                            "item_id", "is required for a " + type.id()));
            checkLength("item_id", id);
            return List.of(id);
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
        shown.forEach(id -> checkLength("items", id));
        return shown;
    }

    private static void checkLength(String field, String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_ID_BYTES) {
            throw new InvalidFieldException(
                    field, "must be at most " + MOST_ID_BYTES + " bytes, was " + bytes);
        }
    }

    /** The stored form, without the id, which is the document's. */
    public static ObjectNode stored(Event event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user_id", event.user());
        json.put("type", event.type().id());
        json.put("timestamp", event.timestamp());
        if (event.type().requiresItem()) {
            json.put("item_id", event.items().get(0));
        } else if (!event.items().isEmpty()) {
            ArrayNode items = json.putArray("items");
            event.items().forEach(items::add);
        }
        if (event.scores().length != 0) {
            ArrayNode scores = json.putArray("scores");
            for (float score : event.scores()) {
                scores.add(score);
            }
        }
        event.query().session().ifPresent(text -> json.put("session_id", text));
        event.query().queryId().ifPresent(text -> json.put("query_id", text));
        event.query().query().ifPresent(text -> json.put("query", text));
        event.query().channel().ifPresent(text -> json.put("channel", text));
        if (event.query().position() > 0) {
            json.put("position", event.query().position());
        }
        if (event.amount().quantity() > 1) {
            json.put("quantity", event.amount().quantity());
        }
        putNumber(json, "price", event.amount().price());
        putNumber(json, "value", event.amount().value());
        ItemFacts facts = event.facts();
        if (!facts.attributes().isEmpty() || !Double.isNaN(facts.price())) {
            ObjectNode item = json.putObject("item");
            putNumber(item, "price", facts.price());
            ObjectNode attributes = item.putObject("attributes");
            facts.attributes()
                    .forEach(
                            (name, values) -> {
                                ArrayNode array = attributes.putArray(name);
                                values.forEach(array::add);
                            });
        }
        return json;
    }

    private static void putNumber(ObjectNode json, String name, double value) {
        if (!Double.isNaN(value)) {
            json.put(name, value);
        }
    }

    /**
     * Reads the stored form back.
     *
     * @throws InvalidFieldException when somebody else wrote something else into the index
     */
    public static Event readStored(String id, JsonNode json) {
        JsonFields fields = JsonFields.of(json, "event");
        EventType type = type(fields.requiredString("type"));
        List<String> items =
                type.requiresItem()
                        ? List.of(fields.requiredString("item_id"))
                        : fields.strings("items");
        return new Event(
                id,
                fields.requiredString("user_id"),
                type,
                storedTimestamp(fields),
                items,
                fields.floats("scores"),
                new Event.Origin(
                        fields.string("session_id"),
                        fields.string("query_id"),
                        fields.string("query"),
                        fields.integer("position", 1, Integer.MAX_VALUE).orElse(0),
                        fields.string("channel")),
                new Event.Amount(
                        fields.integer("quantity", 1, Integer.MAX_VALUE).orElse(1),
                        fields.number("price").orElse(Double.NaN),
                        fields.number("value").orElse(Double.NaN)),
                fields.object("item").map(EventJson::facts).orElse(ItemFacts.UNKNOWN),
                Event.Note.NONE);
    }

    /** Always milliseconds: guessing the unit again would move what happened before 1973. */
    private static long storedTimestamp(JsonFields fields) {
        JsonNode millis = fields.any("timestamp").orElseThrow(() -> fields.missing("timestamp"));
        if (!millis.isIntegralNumber() || !millis.canConvertToLong()) {
            throw new InvalidFieldException(
                    "timestamp", "must be milliseconds since 1970, was " + JsonFields.show(millis));
        }
        return millis.longValue();
    }

    private static ItemFacts facts(JsonFields item) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        item.any("attributes")
                .ifPresent(
                        json ->
                                json.properties()
                                        .forEach(
                                                e ->
                                                        attributes.put(
                                                                e.getKey(), texts(e.getValue()))));
        return new ItemFacts(attributes, item.number("price").orElse(Double.NaN));
    }

    private static List<String> texts(JsonNode array) {
        List<String> values = new ArrayList<>(array.size());
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
