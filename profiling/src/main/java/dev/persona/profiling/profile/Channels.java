package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Number of events by channel, for the {@value #MOST_CHANNELS} that are first in the alphabet: one
 * that has had to go never comes back, so the order of the events does not matter.
 */
public final class Channels {
    /** How many channels are kept. */
    static final int MOST_CHANNELS = 50;

    private final TreeMap<String, Long> counts = new TreeMap<>();

    Channels() {}

    void add(String channel, long count) {
        counts.merge(channel, count, Long::sum);
        if (counts.size() > MOST_CHANNELS) {
            counts.pollLastEntry();
        }
    }

    void absorb(Channels other) {
        other.counts.forEach(this::add);
    }

    /** Number of events by a channel. */
    public long of(String channel) {
        return counts.getOrDefault(channel, 0L);
    }

    void write(JsonGenerator json) throws IOException {
        if (counts.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("channels");
        for (Map.Entry<String, Long> e : counts.entrySet()) {
            json.writeNumberField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
    }

    void read(JsonNode json) {
        json.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    }

    ObjectNode shown() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach(json::put);
        return json;
    }
}
