package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GramTest {
    private static final int F = 6;

    @Test
    void bothWaysGiveTheSumOfTheOuterProducts() {
        for (int count : new int[] {0, 1, 1024, 2500}) {
            float[] vectors = AlternatingLeastSquares.startVectors(count, F, 3);
            float[] expected = new float[F * F];
            for (int i = 0; i < F; i++) {
                for (int j = 0; j < F; j++) {
                    double sum = i == j ? 0.25 : 0;
                    for (int k = 0; k < count; k++) {
                        sum += (double) vectors[k * F + i] * vectors[k * F + j];
                    }
                    expected[i * F + j] = (float) sum;
                }
            }

            Gram byBlas = Gram.of(LoadedBlas.get(), vectors, F);
            assertArrayEquals(expected, byBlas.plusDiagonal(0.25), 1e-3f);
            assertArrayEquals(expected, Gram.of(vectors, F).plusDiagonal(0.25), 1e-3f);
        }
    }

    @Test
    void theSumOverAllPairsNeedsNoPair() {
        float[] x = AlternatingLeastSquares.startVectors(30, F, 1);
        float[] y = AlternatingLeastSquares.startVectors(20, F, 2);
        double pairs = 0;
        double squares = 0;
        for (int u = 0; u < 30; u++) {
            for (int i = 0; i < 20; i++) {
                double product = NaiveLeastSquares.dot(x, u, y, i, F);
                pairs += product * product;
            }
            squares += NaiveLeastSquares.dot(x, u, x, u, F);
        }

        assertEquals(pairs, Gram.of(x, F).sumOfSquaredProducts(Gram.of(y, F)), 1e-5 * pairs);
        assertEquals(squares, Gram.of(x, F).trace(), 1e-5 * squares);
    }
}
