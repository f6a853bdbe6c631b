package dev.persona.plugin.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.ranking.feature.FeatureSet;

import java.util.List;

/**
 * One version of a ranking model as it is stored. Versions never change.
 *
 * @param model name of the model
 * @param version counts from 1
 * @param features columns of the forest
 * @param text the forest in LightGBM's text format
 * @param card when and how it was made, and how good it is
 */
record ModelVersion(String model, int version, FeatureSet features, String text, ObjectNode card) {

    /** The document's source. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "model");
        json.put("model", model);
        json.put("version", version);
        json.set("feature_set", features.toJson());
        json.setAll(card);
        json.put("text", text);
        return json;
    }

    /** Reads a document's source. */
    static ModelVersion read(JsonNode json) {
        ObjectNode card = json.deepCopy();
        card.remove(List.of("kind", "model", "version", "feature_set", "text"));
        return new ModelVersion(
                json.path("model").asText(),
                json.path("version").asInt(),
                FeatureSet.parse(json.path("feature_set")),
                json.path("text").asText(),
                card);
    }

    /** What people are shown: everything but the forest itself. */
    static ObjectNode shown(JsonNode stored) {
        ObjectNode json = stored.deepCopy();
        json.remove("kind");
        json.remove("model");
        json.remove("text");
        return json;
    }
}
