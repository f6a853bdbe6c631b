package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class NormalEquationsTest {
    /** No order and no number of vectors is a multiple of what is done at once everywhere. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 7", "5, 0", "7, 4", "16, 30", "64, 101"})
    void theSolutionIsThatOfEliminationInDoublePrecision(int f, int count) {
        Random random = new Random(f);
        float[] vectors = AlternatingLeastSquares.startVectors(count + 3, f, 9);
        float[] diagonal = new float[f * f];
        float[] b = new float[f];
        double[][] a = new double[f][f];
        for (int i = 0; i < f; i++) {
            diagonal[i * f + i] = 0.5f;
            a[i][i] = 0.5;
            b[i] = random.nextFloat();
        }
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < f; i++) {
                for (int j = 0; j < f; j++) {
                    a[i][j] += (double) vectors[(2 + k) * f + i] * vectors[(2 + k) * f + j];
                }
            }
        }
        double[] expected = NaiveLeastSquares.eliminate(a, b);

        NormalEquations equations = new NormalEquations(f);
        equations.set(diagonal);
        equations.addOuterProducts(vectors, 2, count);
        assertTrue(equations.solve(b));

        for (int i = 0; i < f; i++) {
            assertEquals(expected[i], b[i], 1e-4);
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsNotSolved() {
        NormalEquations equations = new NormalEquations(2);
        equations.set(new float[] {1, 2, 2, 1});

        assertFalse(equations.solve(new float[] {1, 1}));
    }

    @Test
    void numbersOutsideSinglePrecisionAreNotSolved() {
        NormalEquations equations = new NormalEquations(2);

        equations.set(new float[] {Float.NaN, 0, 0, 1});
        assertFalse(equations.solve(new float[] {1, 1}));
        equations.set(new float[] {1e-30f, 0, 0, 1});
        assertFalse(equations.solve(new float[] {1e30f, 1}));
    }
}
