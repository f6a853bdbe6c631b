package dev.persona.demo.node;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One hit of a search.
 *
 * @param id document id
 * @param score {@code _score}
 * @param source {@code _source}; a missing node when it was not asked for
 * @param explanation {@code _explanation}; a missing node when it was not asked for
 */
public record Hit(String id, double score, JsonNode source, JsonNode explanation) {

    static Hit of(JsonNode hit) {
        return new Hit(
                hit.path("_id").asText(),
                hit.path("_score").asDouble(),
                hit.path("_source"),
                hit.path("_explanation"));
    }
}
