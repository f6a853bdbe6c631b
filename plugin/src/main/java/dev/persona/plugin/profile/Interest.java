package dev.persona.plugin.profile;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An interest vector as it was when the document was written.
 *
 * @param generation number of the factor model that it belongs to
 * @param vector factors long; no copy, and not to be changed
 */
public record Interest(int generation, float[] vector) {
    static float[] read(JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return vector;
    }
}
