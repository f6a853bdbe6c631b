package dev.persona.demo.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.demo.progress.DemoFailure;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * The product index of a demo. It carries a mark in its mapping, and an index without the mark is
 * never deleted.
 */
public final class ShopIndex {

    private static final String MARK = "persona demo";
    private static final int BULK = 1000;

    private final ElasticsearchClient client;
    private final String name;

    /**
     * @param name of the index, which need not exist yet
     */
    public ShopIndex(ElasticsearchClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /**
     * Deletes what an earlier demo left: the index and everything Persona keeps beside it.
     *
     * @throws DemoFailure when an index of this name was not made by a demo
     */
    public void deleteEarlier() {
        Answer found = client.send("GET", "/" + name, null);
        if (found.status() == 200) {
            JsonNode mark = found.json().path(name).path("mappings").path("_meta").path("made_by");
            if (!mark.asText().equals(MARK)) {
                throw new DemoFailure(
                        "the index ["
                                + name
                                + "] is there already and was not made by a demo, so it is left"
                                + " alone; name another with --index");
            }
        } else if (found.status() != 404) {
            throw new DemoFailure(
                    "GET /%s answered %d: %s".formatted(name, found.status(), found.json()));
        }
        // Also without the index: its events may have outlived it.
        accept(client.send("DELETE", "/" + name + "/_persona?purge=true", null));
        accept(client.send("DELETE", "/" + name, null));
    }

    private static void accept(Answer deleted) {
        if (deleted.status() != 404 && deleted.status() / 100 != 2) {
            throw new DemoFailure(
                    "deleting an earlier demo answered %d: %s"
                            .formatted(deleted.status(), deleted.json()));
        }
    }

    /**
     * Creates the index and registers it as a catalog.
     *
     * @param shards primary shards; there are no replicas
     * @param attributes keyword fields
     * @param catalog further settings of the catalog, such as a half-life
     */
    public void create(int shards, List<String> attributes, ObjectNode catalog) {
        ObjectNode index = ElasticsearchClient.JSON.createObjectNode();
        index.putObject("settings").put("number_of_shards", shards).put("number_of_replicas", 0);
        ObjectNode mappings = index.putObject("mappings");
        mappings.put("dynamic", "strict").putObject("_meta").put("made_by", MARK);
        ObjectNode properties = mappings.putObject("properties");
        BiConsumer<String, String> field = (f, type) -> properties.putObject(f).put("type", type);
        field.accept("title", "text");
        field.accept("description", "text");
        field.accept("price", "float");
        field.accept("created_at", "date");
        attributes.forEach(attribute -> field.accept(attribute, "keyword"));
        client.call("PUT", "/" + name, index);

        ObjectNode roles = catalog.putObject("fields");
        roles.put("title", "title").put("price", "price").put("created_at", "created_at");
        attributes.forEach(roles.putArray("attributes")::add);
        client.call("PUT", "/" + name + "/_persona", catalog);
    }

    /**
     * Indexes products and makes them searchable.
     *
     * @param indexed hears how many more are done
     */
    public void index(List<ProductDocument> products, IntConsumer indexed) {
        for (List<ProductDocument> part : Workers.parts(products, BULK)) {
            StringBuilder lines = new StringBuilder();
            for (ProductDocument product : part) {
                ObjectNode action = ElasticsearchClient.JSON.createObjectNode();
                action.putObject("index").put("_id", product.id());
                lines.append(action).append('\n').append(product.source()).append('\n');
            }
            JsonNode answer = client.callNdjson("POST", "/" + name + "/_bulk", lines.toString());
            if (answer.path("errors").asBoolean()) {
                throw new DemoFailure("a product was not indexed: " + firstError(answer));
            }
            indexed.accept(part.size());
        }
        refresh();
    }

    /** Makes what was written searchable. */
    public void refresh() {
        client.call("POST", "/" + name + "/_refresh", null);
    }

    private static JsonNode firstError(JsonNode answer) {
        for (JsonNode item : answer.path("items")) {
            if (item.path("index").has("error")) {
                return item.path("index");
            }
        }
        return answer;
    }
}
