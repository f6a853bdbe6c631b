package dev.persona.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a search found, best first.
 *
 * @param ids of the hits
 * @param scores of the hits, in the same order
 */
record Ranking(List<String> ids, List<Double> scores) {

    /** Reads the answer of a search. */
    static Ranking of(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            ids.add(hit.path("_id").asText());
            scores.add(hit.path("_score").asDouble());
        }
        return new Ranking(ids, scores);
    }

    /** The order for everybody. */
    static Ranking plain(ElasticsearchClient client, String index, String words) {
        return of(client.call("POST", "/" + index + "/_search", search(words)));
    }

    /** The order for one user. */
    static Ranking personal(ElasticsearchClient client, String index, String words, String user) {
        return of(client.call("POST", "/" + index + "/_search", personalSearch(words, user)));
    }

    /** Body of the search for one user. */
    static Map<String, Object> personalSearch(String words, String user) {
        return Map.of("query", query(words), "size", 20, "rescore", rescore(Map.of("user", user)));
    }

    /** A rescorer with a window that all of the small shop's results fit into. */
    static Map<String, Object> rescore(Map<String, Object> personalize) {
        return Map.of("window_size", 200, "personalize", personalize);
    }

    private static Map<String, Object> search(String words) {
        return Map.of("query", query(words), "size", 20);
    }

    private static Map<String, Object> query(String words) {
        return Map.of("match", Map.of("title", words));
    }
}
