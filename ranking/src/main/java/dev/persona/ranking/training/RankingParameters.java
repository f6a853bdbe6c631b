package dev.persona.ranking.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

/**
 * How a ranking model is trained (LightGBM's lambdarank, Burges 2010).
 *
 * @param trees how many trees; fewer when no split helps any more
 * @param leaves at most how many leaves a tree has
 * @param learningRate how much one tree counts, above 0, at most 1
 * @param leastInLeaf how many examples a leaf has at least
 * @param seed makes a run repeatable
 */
public record RankingParameters(
        int trees, int leaves, double learningRate, int leastInLeaf, int seed) {

    /** What is taken where nothing is said. */
    public static final RankingParameters DEFAULT = new RankingParameters(200, 8, 0.05, 100, 1);

    /**
     * Reads an object; what is not in it is as in {@link #DEFAULT}.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    public static RankingParameters parse(JsonNode json) {
        JsonFields fields = JsonFields.of(json, "body");
        RankingParameters parameters =
                new RankingParameters(
                        fields.integer("trees", 1, 5_000).orElse(DEFAULT.trees),
                        fields.integer("leaves", 2, 1_024).orElse(DEFAULT.leaves),
                        fields.number("learning_rate").orElse(DEFAULT.learningRate),
                        fields.integer("min_data_in_leaf", 1, 1_000_000)
                                .orElse(DEFAULT.leastInLeaf),
                        fields.integer("seed", 0, Integer.MAX_VALUE).orElse(DEFAULT.seed));
        fields.refuseUnknown();
        if (!(parameters.learningRate > 0 && parameters.learningRate <= 1)) {
            throw new InvalidFieldException(
                    "learning_rate",
                    "must be above 0 and at most 1, was " + parameters.learningRate);
        }
        return parameters;
    }

    /** The form that {@link #parse} reads. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("trees", trees);
        json.put("leaves", leaves);
        json.put("learning_rate", learningRate);
        json.put("min_data_in_leaf", leastInLeaf);
        json.put("seed", seed);
        return json;
    }

    /** As LightGBM takes them. */
    String forLightGbm(int threads) {
        return "objective=lambdarank metric=none deterministic=true force_row_wise=true"
                + " feature_fraction=0.8"
                + " verbosity=-1 num_threads="
                + threads
                + " num_leaves="
                + leaves
                + " learning_rate="
                + learningRate
                + " min_data_in_leaf="
                + leastInLeaf
                + " seed="
                + seed;
    }
}
