package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventType;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** One item and the events about it that are among the user's latest. */
public final class RecentItem {
    private final String item;
    private final ProfileRules rules;
    private final Map<EventType, EventTimes> events = new TreeMap<>();

    RecentItem(String item, ProfileRules rules) {
        this.item = item;
        this.rules = rules;
    }

    void add(EventType type, long time, double factor) {
        events.computeIfAbsent(type, t -> new EventTimes()).add(time, factor);
    }

    void absorb(RecentItem other) {
        other.events.forEach(
                (type, times) -> events.computeIfAbsent(type, t -> new EventTimes()).absorb(times));
    }

    /** Removes what is before a time. */
    void removeBefore(long time) {
        events.values().forEach(times -> times.removeBefore(time));
        events.values().removeIf(EventTimes::isEmpty);
    }

    /** Removes the earliest event of a type. */
    void removeFirst(EventType type) {
        EventTimes times = events.get(type);
        times.removeFirst();
        if (times.isEmpty()) {
            events.remove(type);
        }
    }

    /** The events by type. */
    Map<EventType, EventTimes> events() {
        return events;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Id of the item. */
    public String item() {
        return item;
    }

    /** Sum of the weights of the events, faded to a time in milliseconds since 1970. */
    public double weight(long now) {
        return weight(now, rules.decay(), Long.MIN_VALUE);
    }

    /**
     * Sum of the weights of the events, faded to a time in milliseconds since 1970.
     *
     * @param decay how they fade
     * @param since what happened before that counts nothing
     */
    public double weight(long now, ForwardDecay decay, long since) {
        double sum = 0;
        for (Map.Entry<EventType, EventTimes> e : events.entrySet()) {
            double weight = rules.weight(e.getKey());
            if (weight != 0) {
                sum += weight * e.getValue().decayed(now, decay, since);
            }
        }
        return Math.clamp(sum, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /**
     * How much the item says of the user: its weight as a part of one event of the heaviest type.
     *
     * @param now in milliseconds since 1970
     * @return 0 to 1; 0 when more speaks against it than for it
     */
    public double intensity(long now) {
        double weight = weight(now);
        return weight > 0 ? Math.min(weight / rules.heaviest(), 1) : 0;
    }

    /** When something was last done with it, in milliseconds since 1970. */
    public long last() {
        long last = Long.MIN_VALUE;
        for (EventTimes times : events.values()) {
            last = Math.max(last, times.last());
        }
        return last;
    }

    /** How often each thing was done. */
    public Map<EventType, Integer> actions() {
        Map<EventType, Integer> actions = new TreeMap<>();
        events.forEach((type, times) -> actions.put(type, times.size()));
        return actions;
    }

    /** An object of type to times. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<EventType, EventTimes> e : events.entrySet()) {
            json.writeFieldName(e.getKey().id());
            e.getValue().write(json);
        }
        json.writeEndObject();
    }

    /**
     * Reads what was written.
     *
     * @return how many events there are
     */
    int read(JsonNode json) {
        int size = 0;
        for (Map.Entry<String, JsonNode> e : json.properties()) {
            EventTimes times = EventTimes.read(e.getValue());
            events.put(EventType.named(e.getKey()), times);
            size += times.size();
        }
        return size;
    }

    ObjectNode shown(long now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("item", item);
        json.put("weight", Rounded.of(weight(now)));
        json.put("last", Instant.ofEpochMilli(last()).toString());
        ObjectNode actions = json.putObject("actions");
        events.forEach((type, times) -> actions.put(type.id(), times.size()));
        return json;
    }
}
