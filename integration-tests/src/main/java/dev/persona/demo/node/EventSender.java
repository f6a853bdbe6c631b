package dev.persona.demo.node;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.progress.DemoFailure;

import java.util.concurrent.atomic.AtomicLong;

/** Sends events to the catalog's endpoint and counts what was stored. Safe for several threads. */
public final class EventSender {

    private final ElasticsearchClient client;
    private final String path;
    private final AtomicLong created = new AtomicLong();

    /**
     * @param index the catalog
     */
    public EventSender(ElasticsearchClient client, String index) {
        this.client = client;
        this.path = "/" + index + "/_persona/events";
    }

    /**
     * Sends a batch; it is stored when this returns.
     *
     * @throws DemoFailure when one event was not stored as new, with the first reason
     */
    public void send(EventLines batch) {
        if (batch.count() == 0) {
            return;
        }
        JsonNode answer = client.callNdjson("POST", path, batch.toString());
        JsonNode items = answer.path("items");
        for (JsonNode item : items) {
            if (!item.path("result").asText().equals("created")) {
                throw new DemoFailure("an event was not stored as new: " + item);
            }
        }
        if (items.size() != batch.count()) {
            throw new DemoFailure(
                    "%d events were sent, but %d answered".formatted(batch.count(), items.size()));
        }
        created.addAndGet(batch.count());
    }

    /** Events stored so far. */
    public long created() {
        return created.get();
    }
}
