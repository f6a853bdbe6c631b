package dev.persona.ranking.model;

import com.microsoft.ml.lightgbm.PredictionType;

import dev.persona.ranking.feature.FeatureSet;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A LightGBM ranker with its feature set, ready to score. Safe for use by several threads.
 *
 * <p>Searches hold on to a model while they run, so it is freed when nobody can reach it any more
 * rather than when somebody says so.
 */
public final class RankingModel {
    private static final Cleaner CLEANER = Cleaner.create();

    /** One row after the other on the calling thread: a search has one already. */
    private static final String PARAMETERS = "num_threads=1 verbosity=-1";

    /** Start of the line with the values of a tree's leaves. */
    private static final String LEAVES = "leaf_value=";

    /** What LightGBM writes after the last tree. */
    private static final String LAST_LINE = "\nend of trees\n";

    private static final Pattern SIZES = Pattern.compile("(?m)^tree_sizes=.*$");

    private final FeatureSet features;
    private final LGBMBooster booster;
    private final long bytes;
    private final double lowestScore;

    private RankingModel(FeatureSet features, LGBMBooster booster, long bytes, double lowestScore) {
        this.features = features;
        this.booster = booster;
        this.bytes = bytes;
        this.lowestScore = lowestScore;
    }

    /** The sum of each tree's lowest leaf; lightgbm4j has no call for it. */
    private static double lowestScore(String text) {
        double sum = 0;
        int trees = 0;
        for (String line : text.lines().toList()) {
            if (line.startsWith(LEAVES)) {
                sum += lowestLeaf(line.substring(LEAVES.length()));
                trees++;
            }
        }
        if (trees == 0) {
            throw new InvalidModelException("the model has no trees");
        }
        return sum;
    }

    private static double lowestLeaf(String leaves) {
        try {
            double lowest =
                    Arrays.stream(leaves.split(" "))
                            .mapToDouble(Double::parseDouble)
                            .min()
                            .orElse(0);
            if (Double.isFinite(lowest)) {
                return lowest;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidModelException("a tree has leaves that are no numbers");
    }

    /**
     * Loads a model from LightGBM's text format.
     *
     * @throws LightGbmUnavailableException when LightGBM does not work here
     * @throws InvalidModelException when the text is no model or has another number of features
     */
    public static RankingModel load(String text, FeatureSet features) {
        LightGbm.require();
        if (!text.contains(LAST_LINE)) {
            // LightGBM may take what is there for a smaller forest.
            throw new InvalidModelException("the text is cut off: it does not end its trees");
        }
        double lowestScore = lowestScore(text);
        // Without the sizes LightGBM reads tree after tree and says what is wrong; with them it
        // reads in
        // parallel, and a tree that does not fit its size ends the whole process.
        String readable = SIZES.matcher(text).replaceFirst("");
        try {
            LGBMBooster booster = LGBMBooster.loadModelFromString(readable);
            RankingModel model = new RankingModel(features, booster, text.length(), lowestScore);
            CLEANER.register(model, new Closing(booster));
            int columns = booster.getNumFeature();
            if (columns != features.size()) {
                throw new InvalidModelException(
                        "the model has "
                                + columns
                                + " features, its feature set has "
                                + features.size());
            }
            return model;
        } catch (LGBMException e) {
            throw new InvalidModelException("LightGBM cannot read the model", e);
        }
    }

    /** What the columns of a row are. */
    public FeatureSet features() {
        return features;
    }

    /** Size of the model's text in bytes, a measure of the memory it takes. */
    public long bytes() {
        return bytes;
    }

    /** No row scores lower than this. */
    public double lowestScore() {
        return lowestScore;
    }

    /**
     * Scores rows; more is better.
     *
     * @param matrix float[rows * features], row-major; NaN is missing
     * @return one raw score for each row
     * @throws InvalidModelException when LightGBM fails
     */
    public double[] score(float[] matrix, int rows) {
        return predict(matrix, rows, PredictionType.C_API_PREDICT_RAW_SCORE);
    }

    /**
     * What each feature of one row adds to its raw score (TreeSHAP, Lundberg et al. 2018).
     *
     * @param row one row of features
     * @return one number for each feature, and last the score of no feature at all; they add up to
     *     the raw score
     * @throws InvalidModelException when LightGBM fails
     */
    public double[] contributions(float[] row) {
        // One at a time: LightGBM keeps scratch memory in the trees (its issue 5482).
        synchronized (booster) {
            return predict(row, 1, PredictionType.C_API_PREDICT_CONTRIB);
        }
    }

    private double[] predict(float[] matrix, int rows, PredictionType type) {
        if (matrix.length != rows * features.size()) {
            throw new IllegalArgumentException(
                    rows + " rows of " + features.size() + " features, was " + matrix.length);
        }
        try {
            return booster.predictForMat(matrix, rows, features.size(), true, type, PARAMETERS);
        } catch (LGBMException e) {
            throw new InvalidModelException("LightGBM cannot score", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Frees the native memory; must not hold on to the model. */
    private record Closing(LGBMBooster booster) implements Runnable {
        @Override
        public void run() {
            try {
                booster.close();
            } catch (LGBMException e) {
                throw new IllegalStateException("LightGBM cannot free a model", e);
            }
        }
    }
}
