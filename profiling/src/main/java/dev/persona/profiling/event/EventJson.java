package dev.persona.profiling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events as JSON: as a shop sends them, and as they are stored. */
public final class EventJson {
    private EventJson() {}

    /**
     * Reads an event as a shop sends it, in Persona's own format.
     *
     * @param rules what the catalog takes
     * @param now the time of arrival in milliseconds, taken where the event has no timestamp
     * @throws InvalidFieldException naming the field, what is wrong and what would be right
     */
    public static Event parse(JsonNode json, EventRules rules, long now) {
        return EventFormat.NATIVE.parse(json, rules, now);
    }

    /** The stored form, without the id, which is the document's. */
    public static ObjectNode stored(Event event) {
        ObjectNode json = content(event);
        if (event.note().receivedAt() > 0) {
            json.put("received_at", event.note().receivedAt());
        }
        return json;
    }

    /**
     * The stored form without the time of arrival: what an event that is sent again has in common
     * with the first.
     */
    static ObjectNode content(Event event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user_id", event.user());
        json.put("type", event.type().id());
        json.put("timestamp", event.timestamp());
        event.item().ifPresent(item -> json.put("item_id", item));
        if (event.type().isAboutList() && !event.items().isEmpty()) {
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
        event.note().text().ifPresent(text -> json.put("text", text));
        if (!event.note().context().isEmpty()) {
            ObjectNode context = json.putObject("context");
            event.note().context().forEach((key, value) -> put(context, key, value));
        }
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

    private static void put(ObjectNode json, String key, Object value) {
        switch (value) {
            case String text -> json.put(key, text);
            case Boolean bool -> json.put(key, bool);
            case Long number -> json.put(key, number);
            case Double number -> json.put(key, number);
            default ->
                    throw new IllegalArgumentException(
                            "no text, number or boolean: " + value.getClass());
        }
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
        EventType type = storedType(fields.requiredString("type"));
        List<String> items =
                type.isAboutList()
                        ? fields.strings("items")
                        : fields.string("item_id").map(List::of).orElse(List.of());
        if (type.requiresItem() && items.isEmpty()) {
            throw fields.missing("item_id");
        }
        return new Event(
                id,
                fields.requiredString("user_id"),
                type,
                storedTime(fields, "timestamp").orElseThrow(() -> fields.missing("timestamp")),
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
                new Event.Note(
                        fields.string("text"),
                        fields.scalars("context"),
                        storedTime(fields, "received_at").orElse(0L)));
    }

    /** Any type that could be declared: a catalog may have declared others when it was stored. */
    private static EventType storedType(String name) {
        try {
            return EventType.named(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "type", "is no event type: [" + JsonFields.shorten(name) + "]");
        }
    }

    /** Always milliseconds: guessing the unit again would move what happened before 1973. */
    private static Optional<Long> storedTime(JsonFields fields, String name) {
        Optional<JsonNode> millis = fields.any(name);
        if (millis.isPresent()
                && !(millis.get().isIntegralNumber() && millis.get().canConvertToLong())) {
            throw new InvalidFieldException(
                    name, "must be milliseconds since 1970, was " + JsonFields.show(millis.get()));
        }
        return millis.map(JsonNode::longValue);
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
