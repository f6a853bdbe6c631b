package dev.persona.ranking.training;

import dev.persona.ranking.feature.FeatureSet;

/**
 * What a training gives.
 *
 * @param text the forest in LightGBM's text format
 * @param features its columns
 * @param trees how many trees it has
 * @param metrics how well it orders lists it has not learned from
 */
public record TrainedModel(String text, FeatureSet features, int trees, Metrics metrics) {

    /**
     * Quality on the later lists.
     *
     * @param lists how many lists were judged
     * @param model mean NDCG@10 of the model's order
     * @param firstPass mean NDCG@10 of the order by first-pass score; NaN when no list has scores
     * @param shown mean NDCG@10 of the order shown
     */
    public record Metrics(int lists, double model, double firstPass, double shown) {}
}
