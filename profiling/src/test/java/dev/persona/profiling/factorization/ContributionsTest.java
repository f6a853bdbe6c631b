package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class ContributionsTest {
    private static final int FACTORS = 16;
    private static final int ITEMS = 60;

    private static float[] vectors(Random random) {
        float[] vectors = new float[ITEMS * FACTORS];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian() / 4;
        }
        return vectors;
    }

    private static float dot(float[] x, float[] vectors, int item) {
        float sum = 0;
        for (int i = 0; i < FACTORS; i++) {
            sum += x[i] * vectors[item * FACTORS + i];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theyAddUpToWhatTheInterestVectorSays(boolean scaled) {
        float[] vectors = vectors(new Random(1));
        FoldIn foldIn = new FoldIn(new AlsParameters(FACTORS, 1, 0.3, 2, 1, scaled, 0), vectors);
        int[] items = {3, 7, 20, 41};
        float[] weights = {1, 0.25f, 6, 2};
        float[] interest = foldIn.solve(items, weights);
        Contributions contributions = foldIn.contributions(items, weights);

        for (int other = 0; other < ITEMS; other++) {
            float[] vector = new float[FACTORS];
            System.arraycopy(vectors, other * FACTORS, vector, 0, FACTORS);
            float sum = 0;
            for (float part : contributions.to(vector)) {
                sum += part;
            }
            assertEquals(dot(interest, vectors, other), sum, 1e-4);
        }
    }

    @Test
    void anItemThatIsLikeTheOtherContributesMost() {
        float[] vectors = vectors(new Random(2));
        // Item 5 is nearly what item 9 is.
        for (int i = 0; i < FACTORS; i++) {
            vectors[9 * FACTORS + i] = vectors[5 * FACTORS + i] * 1.05f;
        }
        FoldIn foldIn = new FoldIn(new AlsParameters(FACTORS, 1, 0.3, 2, 1), vectors);
        float[] vector = new float[FACTORS];
        System.arraycopy(vectors, 9 * FACTORS, vector, 0, FACTORS);

        float[] parts =
                foldIn.contributions(new int[] {5, 11, 30}, new float[] {1, 1, 1}).to(vector);

        assertTrue(parts[0] > parts[1] && parts[0] > parts[2]);
    }
}
