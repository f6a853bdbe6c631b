package dev.persona.bench.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.client.ElasticsearchClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The other side of the comparison: an index with mapping and settings of the catalog's events, and
 * the very documents that the events endpoint stored, as bodies for _bulk.
 */
final class PlainIndex {

    static final String NAME = "plain-events";

    /** Settings that tell one index from another and cannot be given to a new one. */
    private static final Set<String> OWN =
            Set.of("uuid", "creation_date", "provided_name", "version", "routing");

    private final ElasticsearchClient client;
    private final BenchCatalog catalog;

    PlainIndex(ElasticsearchClient client, BenchCatalog catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    void create() {
        String events = catalog.eventsIndex();
        JsonNode like = client.call("GET", "/" + events, null).path(events);
        ObjectNode index = ElasticsearchClient.JSON.createObjectNode();
        ObjectNode settings = like.path("settings").path("index").deepCopy();
        settings.remove(OWN);
        index.putObject("settings").set("index", settings);
        index.set("mappings", like.path("mappings"));
        client.call("PUT", "/" + NAME, index);
    }

    /** Reads what the endpoint stored of these batches and makes the same documents of it. */
    List<Batch> copies(List<Batch> batches) {
        List<Batch> copies = new ArrayList<>();
        for (Batch batch : batches) {
            ObjectNode wanted = ElasticsearchClient.JSON.createObjectNode();
            wanted.set("ids", ElasticsearchClient.JSON.valueToTree(batch.ids()));
            JsonNode stored = client.call("POST", "/" + catalog.eventsIndex() + "/_mget", wanted);
            StringBuilder lines = new StringBuilder();
            for (JsonNode document : stored.path("docs")) {
                if (document.path("found").asBoolean() == false) {
                    throw new BenchFailure("an event was not stored: " + document);
                }
                ObjectNode action = ElasticsearchClient.JSON.createObjectNode();
                action.putObject("create")
                        .put("_id", document.path("_id").asText())
                        .put("routing", document.path("_routing").asText());
                lines.append(action).append('\n').append(document.path("_source")).append('\n');
            }
            copies.add(new Batch(batch.ids(), Batch.utf8(lines)));
        }
        return copies;
    }
}
