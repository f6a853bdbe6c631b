package dev.persona.demo;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Four calls to paste into a shell while the node is up. */
final class CurlLines {

    private CurlLines() {}

    /**
     * The calls.
     *
     * @param user who has a profile
     * @param query what matches products
     * @param item a product
     */
    static List<String> of(
            URI node, String index, String user, String query, String item, Instant now) {
        String catalog = node + "/" + index;
        return List.of(
                "curl -s '"
                        + catalog
                        + "/_search?pretty&filter_path=hits.hits._score,hits.hits._source.title'"
                        + json(
                                """
                                {"query": {"match": {"title": "%s"}}, "rescore": {"window_size": 200, \
                                "personalize": {"user": "%s"}}}"""
                                        .formatted(query, user)),
                "curl -s '"
                        + catalog
                        + "/_persona/recommend?pretty'"
                        + json(
                                """
                                {"user": "%s", "size": 5, "_source": ["title"]}"""
                                        .formatted(user)),
                "curl -s '" + catalog + "/_persona/profiles/" + user + "?pretty'",
                "curl -s '"
                        + catalog
                        + "/_persona/events?pretty'"
                        + json(
                                """
                                {"event_id": "pasted-1", "user_id": "%s", "type": "purchase", \
                                "item_id": "%s", "timestamp": "%s"}"""
                                        .formatted(user, item, now)),
                "curl -s '" + node + "/_persona?pretty'");
    }

    private static String json(String body) {
        return " -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
