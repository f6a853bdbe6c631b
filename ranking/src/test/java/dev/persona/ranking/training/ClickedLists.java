package dev.persona.ranking.training;

import dev.persona.ranking.feature.Feature;
import dev.persona.ranking.feature.FeatureSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Lists of a made-up shop: how good an item is shows in one feature, the first pass hardly knows
 * it, and what stands lower is clicked less whether good or not.
 */
public final class ClickedLists {
    /** Items of a list. */
    public static final int ITEMS = 10;

    /** First-pass score, how good the item is, and something that means nothing. */
    public static final FeatureSet FEATURES =
            new FeatureSet(
                    List.of(
                            new Feature.FirstPassScore("first pass \"score\""),
                            new Feature.Price("goodness"),
                            new Feature.Age("noise")));

    private final Random random;

    /** A shop with its own run of chance. */
    public ClickedLists(long seed) {
        this.random = new Random(seed);
    }

    /** Lists that were shown one after the other, each with at least one click. */
    public TrainingSet trainingSet(int lists) {
        List<TrainingSet.RankedList> made = new ArrayList<>();
        while (made.size() < lists) {
            float[] matrix = matrix();
            int[] grades = new int[ITEMS];
            float[] scores = new float[ITEMS];
            int clicks = 0;
            for (int i = 0; i < ITEMS; i++) {
                double seen = 1 / Math.sqrt(1 + i);
                boolean good = goodness(matrix, i) > 0.7;
                grades[i] = random.nextDouble() < seen * (good ? 0.8 : 0.1) ? 1 : 0;
                scores[i] = matrix[i * FEATURES.size()];
                clicks += grades[i];
            }
            if (clicks > 0) {
                made.add(new TrainingSet.RankedList(made.size(), matrix, grades, scores, 1));
            }
        }
        return new TrainingSet(FEATURES, made);
    }

    /** The features of one list, in the order of falling first-pass scores. */
    float[] matrix() {
        List<float[]> rows =
                IntStream.range(0, ITEMS)
                        .mapToObj(
                                i -> {
                                    float good = random.nextFloat();
                                    float score = 0.3f * good + random.nextFloat();
                                    return new float[] {score, good, random.nextFloat()};
                                })
                        .sorted(Comparator.comparingDouble(row -> -row[0]))
                        .toList();
        float[] matrix = new float[ITEMS * FEATURES.size()];
        for (int i = 0; i < ITEMS; i++) {
            System.arraycopy(rows.get(i), 0, matrix, i * FEATURES.size(), FEATURES.size());
        }
        return matrix;
    }

    /** How good an item of a list is, from 0 to 1. */
    static float goodness(float[] matrix, int item) {
        return matrix[item * FEATURES.size() + 1];
    }
}
