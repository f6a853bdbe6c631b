package dev.persona.demo.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.progress.DemoFailure;

import java.util.ArrayList;
import java.util.List;

/** Searches the products, as a shop's search box would. Safe for use by several threads. */
public final class ProductSearch {

    private static final String ONLY_NEEDED =
            "filter_path=responses.status,responses.error,responses.hits.hits";

    private final ElasticsearchClient client;
    private final String index;
    private final List<String> fields;

    /**
     * @param fields the text fields that a query is matched against
     */
    public ProductSearch(ElasticsearchClient client, String index, List<String> fields) {
        this.client = client;
        this.index = index;
        this.fields = List.copyOf(fields);
    }

    /** A search without personalization that returns ids and scores only. */
    public ObjectNode plain(String text, int size) {
        return plain(text, 0, size);
    }

    /**
     * The same for a later page.
     *
     * @param from how many hits stand on the pages before
     */
    public ObjectNode plain(String text, int from, int size) {
        ObjectNode body = ElasticsearchClient.JSON.createObjectNode();
        body.put("from", from).put("size", size).put("_source", false);
        ObjectNode match = body.putObject("query").putObject("multi_match");
        // Every word must match, in whichever field: what a shop's search box does.
        match.put("query", text).put("type", "cross_fields").put("operator", "and");
        fields.forEach(match.putArray("fields")::add);
        return body;
    }

    /**
     * The same search, its first hits re-ordered for a user.
     *
     * @param window how many first-pass hits are re-ordered, at least size
     */
    public ObjectNode personalized(String text, int size, String user, int window) {
        ObjectNode body = plain(text, size);
        ObjectNode rescore = body.putObject("rescore");
        rescore.put("window_size", window);
        rescore.putObject("personalize").put("user", user);
        return body;
    }

    /**
     * Sends several searches in one call.
     *
     * @return the hits of each, in order
     * @throws DemoFailure when one of them failed, with its reason
     */
    public List<List<Hit>> all(List<ObjectNode> bodies) {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode body : bodies) {
            lines.append("{}\n").append(body).append('\n');
        }
        JsonNode answer =
                client.callNdjson(
                        "POST", "/" + index + "/_msearch?" + ONLY_NEEDED, lines.toString());
        List<List<Hit>> all = new ArrayList<>(bodies.size());
        for (JsonNode response : answer.path("responses")) {
            if (response.has("error")) {
                throw new DemoFailure(
                        "search %s answered %d: %s"
                                .formatted(
                                        bodies.get(all.size()),
                                        response.path("status").asInt(),
                                        response.path("error")));
            }
            List<Hit> hits = new ArrayList<>();
            response.path("hits").path("hits").forEach(hit -> hits.add(Hit.of(hit)));
            all.add(hits);
        }
        if (all.size() != bodies.size()) {
            throw new DemoFailure(
                    "_msearch answered %d of %d searches".formatted(all.size(), bodies.size()));
        }
        return all;
    }
}
