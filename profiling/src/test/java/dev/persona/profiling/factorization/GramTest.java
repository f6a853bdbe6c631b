package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

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
}
