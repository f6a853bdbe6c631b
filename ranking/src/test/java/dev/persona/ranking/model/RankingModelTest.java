package dev.persona.ranking.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.ml.lightgbm.PredictionType;

import dev.persona.ranking.feature.Feature;
import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.training.ClickedLists;
import dev.persona.ranking.training.RankingParameters;
import dev.persona.ranking.training.RankingTrainer;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

class RankingModelTest {
    private static final int ROWS = 500;
    private static final int COLUMNS = ClickedLists.FEATURES.size();
    private static final String TEXT = trained(30);

    private static String trained(int trees) {
        return new RankingTrainer(new RankingParameters(trees, 4, 0.1, 20, 7), 1)
                .train(new ClickedLists(1).trainingSet(200), () -> false)
                .text();
    }

    private static RankingModel model() {
        return RankingModel.load(TEXT, ClickedLists.FEATURES);
    }

    /** Rows in and far out of what was learned from, a tenth of the numbers missing. */
    private static float[] matrix() {
        Random random = new Random(3);
        float[] matrix = new float[ROWS * COLUMNS];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = random.nextInt(10) == 0 ? Float.NaN : (float) (0.5 + random.nextGaussian());
        }
        return matrix;
    }

    @Test
    void aScoreIsTheRawScoreOfLightGbm() throws LGBMException {
        try (LGBMBooster booster = LGBMBooster.loadModelFromString(TEXT)) {
            double[] expected =
                    booster.predictForMat(
                            matrix(), ROWS, COLUMNS, true, PredictionType.C_API_PREDICT_RAW_SCORE);
            assertArrayEquals(expected, model().score(matrix(), ROWS));
            assertTrue(Arrays.stream(expected).distinct().count() > 10, "scores differ");
        }
    }

    @Test
    void contributionsAddUpToTheScore() {
        RankingModel model = model();
        double[] scores = model.score(matrix(), ROWS);
        for (int row = 0; row < 50; row++) {
            float[] one = Arrays.copyOfRange(matrix(), row * COLUMNS, (row + 1) * COLUMNS);
            double[] contributions = model.contributions(one);
            assertEquals(COLUMNS + 1, contributions.length);
            assertEquals(scores[row], Arrays.stream(contributions).sum(), 1e-9);
        }
    }

    @Test
    void noRowScoresBelowTheLowestScore() {
        RankingModel model = model();
        double least = Arrays.stream(model.score(matrix(), ROWS)).min().orElseThrow();
        assertTrue(model.lowestScore() <= least + 1e-9, model.lowestScore() + " " + least);
    }

    @Test
    void aRowReachesTheLowestScoreOfASingleTree() {
        RankingModel model = RankingModel.load(trained(1), ClickedLists.FEATURES);
        double least = Arrays.stream(model.score(matrix(), ROWS)).min().orElseThrow();
        assertEquals(least, model.lowestScore(), 1e-9);
    }

    @Test
    void aFeatureSetOfAnotherSizeIsRefused() {
        FeatureSet two = new FeatureSet(List.of(new Feature.Price("a"), new Feature.Age("b")));
        InvalidModelException e =
                assertThrows(InvalidModelException.class, () -> RankingModel.load(TEXT, two));
        assertEquals("the model has 3 features, its feature set has 2", e.getMessage());
    }

    @Test
    void aTextThatIsNoModelIsRefused() {
        for (String text : List.of("no model at all", "{\"trees\": 3}", "tree\nversion=v4\n")) {
            assertThrows(
                    InvalidModelException.class,
                    () -> RankingModel.load(text, ClickedLists.FEATURES),
                    text);
        }
    }

    /** With its tree sizes LightGBM ends the process on a text like these. */
    @Test
    void aDamagedTextIsRefused() {
        String cut = TEXT.substring(0, TEXT.indexOf("Tree=1") + 40);
        for (String text : List.of(TEXT.replaceFirst("leaf_value=\\S+", "leaf_value=nan"), cut)) {
            assertThrows(
                    InvalidModelException.class,
                    () -> RankingModel.load(text, ClickedLists.FEATURES),
                    text);
        }
    }

    @Test
    void aMatrixOfAnotherShapeIsRefused() {
        RankingModel model = model();
        assertThrows(IllegalArgumentException.class, () -> model.score(new float[COLUMNS + 1], 1));
        assertThrows(
                IllegalArgumentException.class, () -> model.contributions(new float[COLUMNS - 1]));
    }
}
