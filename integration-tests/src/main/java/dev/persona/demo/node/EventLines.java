package dev.persona.demo.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

/** Events as newline-delimited JSON, ready to be sent. */
public final class EventLines {

    private final StringBuilder lines = new StringBuilder();
    private int count;

    /** Starts without events. */
    public EventLines() {}

    /** A new event's object; fill it and hand it to {@link #add}. */
    public static ObjectNode event(String id, String user, String type, long timestamp) {
        return ElasticsearchClient.JSON
                .createObjectNode()
                .put("event_id", id)
                .put("user_id", user)
                .put("type", type)
                .put("timestamp", timestamp);
    }

    /** Adds one event as a line. */
    public void add(ObjectNode event) {
        lines.append(event).append('\n');
        count++;
    }

    /** How many events. */
    public int count() {
        return count;
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
