package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventRules;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.core.TimeValue;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For how long events are kept after their timestamp.
 *
 * @param byType by type
 * @param others for the types that are not named; empty when those are kept without end
 */
public record Retention(Map<EventType, TimeValue> byType, Optional<TimeValue> others) {
    /** Everything is kept without end. */
    public static final Retention NONE = new Retention(Map.of(), Optional.empty());

    /** Stands for all types that are not named. No type can have this name. */
    static final String OTHERS = "default";

    private static final TimeValue LEAST = TimeValue.timeValueMinutes(1);
    private static final TimeValue MOST = TimeValue.timeValueDays(36_500);

    /** Copies the map, in the order of the types. */
    public Retention {
        byType = Collections.unmodifiableMap(new TreeMap<>(byType));
    }

    /**
     * Reads the object {@code retention}.
     *
     * @param types all types of the catalog, by name
     */
    static Retention parse(JsonFields fields, Map<String, EventType> types) {
        Optional<TimeValue> others = fields.string(OTHERS).map(text -> time(OTHERS, text));
        Map<EventType, TimeValue> byType = new TreeMap<>();
        types.forEach(
                (name, type) ->
                        fields.string(name).ifPresent(text -> byType.put(type, time(name, text))));
        fields.refuseUnknown();
        return new Retention(byType, others);
    }

    private static TimeValue time(String name, String text) {
        return Times.parse("retention." + name, text, LEAST, MOST);
    }

    /** Milliseconds by type. */
    Map<EventType, Long> millis() {
        return byType.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().millis()));
    }

    /** Milliseconds for the types that are not named. */
    long otherMillis() {
        return others.map(TimeValue::millis).orElse(EventRules.FOREVER);
    }

    /** The form that {@link #parse} reads. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        others.ifPresent(time -> json.put(OTHERS, time.getStringRep()));
        byType.forEach((type, time) -> json.put(type.id(), time.getStringRep()));
        return json;
    }
}
