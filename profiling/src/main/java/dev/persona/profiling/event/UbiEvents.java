package dev.persona.profiling.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads events of User Behavior Insights, schema 1.3.0 (https://github.com/o19s/ubi, {@code
 * event.schema.json}).
 *
 * <p>The schema is open: fields that an event of ours has no place for are taken and dropped, and
 * an empty text counts as absent, as UBI clients send what they do not know so. What is needed is
 * checked as strictly as in Persona's own format, under its UBI name.
 */
final class UbiEvents {
    private static final String ATTRIBUTES = "event_attributes";
    private static final String OBJECT_ID = "object_id";
    private static final String OBJECT_ID_PATH = ATTRIBUTES + ".object." + OBJECT_ID;

    private UbiEvents() {}

    /**
     * Reads one event.
     *
     * @return with an empty id when it came without one
     */
    static Event read(JsonNode json, EventBounds bounds) {
        JsonFields fields = JsonFields.of(json, "event");
        String user = text(fields, "client_id").orElseThrow(() -> fields.missing("client_id"));
        bounds.checkId("client_id", user);
        String action =
                text(fields, "action_name").orElseThrow(() -> fields.missing("action_name"));
        EventType type =
                UbiActions.type(action, bounds)
                        .orElseThrow(() -> bounds.unknownType("action_name", action));
        long timestamp =
                fields.any("timestamp")
                        .map(node -> Timestamps.readPerhapsLocal("timestamp", node))
                        .orElseThrow(() -> fields.missing("timestamp"));
        bounds.checkTimestamp("timestamp", type, timestamp);
        Optional<JsonFields> attributes = fields.object(ATTRIBUTES);
        Optional<String> message = text(fields, "message");
        return new Event(
                bounds.checkId("event_id", text(fields, "event_id")).orElse(""),
                user,
                type,
                timestamp,
                item(type, attributes, bounds),
                new float[0],
                new Event.Origin(
                        bounds.checkId("session_id", text(fields, "session_id")),
                        bounds.checkId("query_id", text(fields, "query_id")),
                        text(fields, "user_query"),
                        position(attributes),
                        bounds.checkId("application", text(fields, "application"))),
                Event.Amount.ONE,
                ItemFacts.UNKNOWN,
                new Event.Note(message, context(json), bounds.now()));
    }

    private static Optional<String> text(JsonFields fields, String name) {
        boolean empty =
                fields.any(name)
                        .filter(node -> node.isTextual() && node.asText().isEmpty())
                        .isPresent();
        return empty ? Optional.empty() : fields.string(name);
    }

    /** UBI sends one impression for each item that was shown. */
    private static List<String> item(
            EventType type, Optional<JsonFields> attributes, EventBounds bounds) {
        Optional<String> item =
                attributes
                        .flatMap(fields -> fields.object("object"))
                        .flatMap(object -> text(object, OBJECT_ID));
        if (type == EventType.SEARCH) {
            return List.of();
        }
        if (item.isEmpty() && (type.requiresItem() || type == EventType.IMPRESSION)) {
            throw new InvalidFieldException(OBJECT_ID_PATH, "is required for [" + type.id() + "]");
        }
        return bounds.checkId(OBJECT_ID_PATH, item).map(List::of).orElse(List.of());
    }

    private static int position(Optional<JsonFields> attributes) {
        return attributes
                .flatMap(fields -> fields.object("position"))
                .map(place -> place.integer("ordinal", 1, Integer.MAX_VALUE).orElse(0))
                .orElse(0);
    }

    /** Texts, numbers and booleans beside the object and the position. */
    private static Map<String, Object> context(JsonNode json) {
        ObjectNode free = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> attribute : json.path(ATTRIBUTES).properties()) {
            JsonNode value = attribute.getValue();
            if (value.isValueNode()
                    && !value.isNull()
                    && !EventContext.isIpAddress(attribute.getKey())) {
                free.set(attribute.getKey(), value);
            }
        }
        if (free.isEmpty()) {
            return Map.of();
        }
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        holder.set(ATTRIBUTES, free);
        return EventContext.read(JsonFields.of(holder, "event"), ATTRIBUTES);
    }
}
