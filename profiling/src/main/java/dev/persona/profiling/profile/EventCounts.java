package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventType;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How often a user did what. */
public final class EventCounts {
    private final Map<EventType, TypeCount> counts = new TreeMap<>();

    EventCounts() {}

    void add(EventType type, long time, int day, ForwardDecay.Moment moment) {
        counts.computeIfAbsent(type, t -> new TypeCount()).add(time, day, moment);
    }

    void absorb(EventCounts other) {
        other.counts.forEach(
                (type, count) -> counts.computeIfAbsent(type, t -> new TypeCount()).absorb(count));
    }

    /** Whether there has been no event. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The count of a type that has occurred. */
    public Optional<TypeCount> of(EventType type) {
        return Optional.ofNullable(counts.get(type));
    }

    /** Number of events of a type. */
    public long total(EventType type) {
        TypeCount count = counts.get(type);
        return count == null ? 0 : count.total();
    }

    /** The counts of the types that have occurred. */
    public Map<EventType, TypeCount> all() {
        return Collections.unmodifiableMap(counts);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("events");
        for (Map.Entry<EventType, TypeCount> e : counts.entrySet()) {
            json.writeFieldName(e.getKey().id());
            e.getValue().write(json);
        }
        json.writeEndObject();
    }

    void read(JsonNode json) {
        json.properties()
                .forEach(
                        e -> counts.put(EventType.named(e.getKey()), TypeCount.read(e.getValue())));
    }

    ObjectNode shown(long now, int today, ForwardDecay decay) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach((type, count) -> json.set(type.id(), count.shown(now, today, decay)));
        return json;
    }
}
