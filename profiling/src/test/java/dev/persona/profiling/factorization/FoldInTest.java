package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class FoldInTest {
    private static final AlsParameters PARAMETERS = new AlsParameters(6, 1, 0.2, 3, 1);
    private static final float[] ITEM_VECTORS = AlternatingLeastSquares.startVectors(50, 6, 2);

    @Test
    void itSolvesTheFormulaOfOneUser() {
        Interactions shop = Shops.random(10, 50, 0.3, 9);
        FoldIn foldIn = new FoldIn(PARAMETERS, ITEM_VECTORS);
        double[][] y = new double[50][6];
        for (int i = 0; i < ITEM_VECTORS.length; i++) {
            y[i / 6][i % 6] = ITEM_VECTORS[i];
        }
        NaiveLeastSquares naive = new NaiveLeastSquares(shop, PARAMETERS);

        for (int user = 0; user < 10; user++) {
            // Not every one of the 50 needs to be in the shop.
            double[] row = new double[50];
            int[] items = shop.itemsOf(user);
            for (int k = 0; k < items.length; k++) {
                row[items[k]] = shop.weightsOf(user)[k];
            }
            double[] expected = naive.solve(row, y);
            float[] actual = foldIn.solve(items, shop.weightsOf(user));
            for (int i = 0; i < 6; i++) {
                assertEquals(expected[i], actual[i], 1e-4);
            }
        }
    }

    @Test
    void itEqualsAFullSolveInDoublePrecisionHoweverHeavyTheWeights() {
        int f = 64;
        float[] vectors = AlternatingLeastSquares.startVectors(500, f, 3);
        double[][] y = new double[500][f];
        for (int i = 0; i < vectors.length; i++) {
            y[i / f][i % f] = vectors[i];
        }
        int[] items = IntStream.range(0, 100).map(i -> 5 * i).toArray();
        for (float heaviest : new float[] {1, 100, 10_000, 1e6f}) {
            AlsParameters parameters = new AlsParameters(f, 1, 0.05, 1, 1);
            float[] weights = new float[items.length];
            double[] row = new double[500];
            for (int k = 0; k < items.length; k++) {
                weights[k] = heaviest / (1 + k);
                row[items[k]] = weights[k];
            }
            Interactions any = Shops.random(2, 2, 1, 1);

            double[] expected = new NaiveLeastSquares(any, parameters).solve(row, y);
            float[] actual = new FoldIn(parameters, vectors).solve(items, weights);

            for (int i = 0; i < f; i++) {
                assertEquals(expected[i], actual[i], 1e-4, "weights up to " + heaviest);
            }
        }
    }

    @Test
    void aUserWithoutItemsHasNoInterest() {
        FoldIn foldIn = new FoldIn(PARAMETERS, ITEM_VECTORS);

        assertArrayEquals(new float[6], foldIn.solve(new int[0], new float[0]));
        assertArrayEquals(new float[6], foldIn.solve(new int[] {3}, new float[] {0}));
        assertArrayEquals(
                new float[6], new FoldIn(PARAMETERS, new float[0]).solve(new int[0], new float[0]));
    }

    @Test
    void anItemOfWeightZeroIsAsIfNotThere() {
        FoldIn foldIn = new FoldIn(PARAMETERS, ITEM_VECTORS);

        assertArrayEquals(
                foldIn.solve(new int[] {4}, new float[] {2}),
                foldIn.solve(new int[] {4, 7}, new float[] {2, 0}));
        FoldIn scaled = new FoldIn(new AlsParameters(6, 1, 0.2, 3, 1, true, 0), ITEM_VECTORS);
        assertArrayEquals(
                scaled.solve(new int[] {4}, new float[] {2}),
                scaled.solve(new int[] {4, 7}, new float[] {2, 0}));
    }

    @Test
    void manyThreadsMayAskAtOnce() {
        FoldIn foldIn = new FoldIn(PARAMETERS, ITEM_VECTORS);
        int[] items = {1, 5, 9, 20, 33};
        float[] weights = {1, 2, 3, 4, 5};
        float[] expected = foldIn.solve(items, weights);

        IntStream.range(0, 2000)
                .parallel()
                .forEach(i -> assertArrayEquals(expected, foldIn.solve(items, weights)));
    }

    @Test
    void whatCannotBeFoldedInIsRefused() {
        FoldIn foldIn = new FoldIn(PARAMETERS, ITEM_VECTORS);

        assertEquals("item must be between 0 and 49, was 50", messageOf(foldIn, new int[] {50}, 1));
        assertEquals("item must be between 0 and 49, was -1", messageOf(foldIn, new int[] {-1}, 1));
        assertEquals(
                "the weight of item 3 must be finite and at least 0, was NaN",
                messageOf(foldIn, new int[] {3}, Float.NaN));
        assertEquals(
                "the weight of item 3 must be finite and at least 0, was -1.0",
                messageOf(foldIn, new int[] {3}, -1));
        assertEquals(
                "there must be one weight for each of 2 items, were 1",
                messageOf(foldIn, new int[] {3, 4}, 1));
        assertThrows(IllegalArgumentException.class, () -> new FoldIn(PARAMETERS, new float[7]));
    }

    private static String messageOf(FoldIn foldIn, int[] items, float... weights) {
        return assertThrows(IllegalArgumentException.class, () -> foldIn.solve(items, weights))
                .getMessage();
    }
}
