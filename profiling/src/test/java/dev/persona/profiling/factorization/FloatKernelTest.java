package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.stream.Stream;

/** Every kernel against the sums as they are written, in double precision. */
class FloatKernelTest {
    private static final float ALPHA = 0.5f;

    private record Case(FloatKernel kernel, int n, int count) {}

    static Stream<Case> cases() {
        return Stream.of(new PlainKernel(), new SimdKernel())
                .flatMap(
                        kernel ->
                                Stream.of(1, 3, 16, 63, 64, 67, 128)
                                        .flatMap(
                                                n ->
                                                        Stream.of(0, 1, 4, 7, 50)
                                                                .map(c -> new Case(kernel, n, c))));
    }

    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    @Test
    void thisVirtualMachineHasTheVectorApi() {
        assertInstanceOf(SimdKernel.class, FloatKernel.fastest());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void vectorsAreAddedAndMultiplied(Case of) {
        int n = of.n;
        float[] x = random(n, 1);
        float[] y = random(n, 2);
        double product = 0;
        float[] sum = new float[n];
        float[] scaled = new float[n];
        for (int i = 0; i < n; i++) {
            product += (double) x[i] * y[i];
            sum[i] = (float) (y[i] + 0.7 * x[i]);
            scaled[i] = (float) (x[i] + 0.7 * y[i]);
        }

        assertEquals(product, of.kernel.dot(x, y, n), 1e-5);
        float[] added = y.clone();
        of.kernel.addScaled(0.7f, x, added, n);
        assertArrayEquals(sum, added, 1e-6f);
        float[] turned = y.clone();
        of.kernel.scaleAndAdd(0.7f, turned, x, n);
        assertArrayEquals(scaled, turned, 1e-6f);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSymmetricMatrixIsApplied(Case of) {
        int n = of.n;
        float[] matrix = new float[n * n];
        float[] values = random(n * n, 3);
        float[] x = random(n, 4);
        float[] expected = new float[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                matrix[i * n + j] = values[Math.min(i, j) * n + Math.max(i, j)];
                sum += (double) matrix[i * n + j] * x[j];
            }
            expected[i] = (float) sum;
        }

        float[] out = random(n, 5);
        of.kernel.times(matrix, x, out, n);

        assertArrayEquals(expected, out, 1e-4f);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theColumnsOfARowAreProjectedUpon(Case of) {
        int n = of.n;
        float[] vectors = random(200 * n, 6);
        int[] columns = new Random(7).ints(of.count + 3, 0, 200).toArray();
        float[] weights = new float[columns.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = k % 5 == 0 ? 0 : k;
        }
        RowEntries entries = new RowEntries(vectors, ALPHA);
        entries.of(new SparseRows(new int[] {0, 3, columns.length}, columns, weights), 1);
        float[] x = random(n, 8);
        double[] projected = new double[n];
        double[] combined = new double[n];
        double confidences = 0;
        for (int k = 3; k < columns.length; k++) {
            double above = ALPHA * weights[k];
            double confidence = weights[k] > 0 ? 1 + above : 0;
            double product = 0;
            for (int i = 0; i < n; i++) {
                product += (double) vectors[columns[k] * n + i] * x[i];
            }
            for (int i = 0; i < n; i++) {
                projected[i] += above * product * vectors[columns[k] * n + i];
                combined[i] += confidence * vectors[columns[k] * n + i];
            }
            confidences += confidence;
        }

        float[] first = new float[n];
        of.kernel.addProjections(entries, x, first, n);
        float[] second = new float[n];
        float[] right = new float[n];
        double sum = of.kernel.addProjectionsAndColumns(entries, x, second, right, n);

        assertEquals(confidences, sum, 1e-6 * confidences);
        float close = 1e-5f * (float) (1 + confidences) * n;
        assertArrayEquals(floats(projected), first, close);
        assertArrayEquals(floats(projected), second, close);
        assertArrayEquals(floats(combined), right, close);
    }

    private static float[] floats(double[] values) {
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }
}
