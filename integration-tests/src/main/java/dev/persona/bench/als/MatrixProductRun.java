package dev.persona.bench.als;

import dev.persona.profiling.factorization.Blas;

import org.jblas.NativeBlas;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A process that multiplies matrices by jblas in single precision on one thread, and prints {@code
 * gflops RATE}. As jblas lets only one thread of a process in, several cores take several of these.
 */
final class MatrixProductRun {

    private static final int ORDER = 1024;
    private static final double WARM_UP_SECONDS = 2;
    private static final double SECONDS = 4;

    private MatrixProductRun() {}

    /**
     * @param arguments folder of the native libraries
     */
    public static void main(String[] arguments) {
        Blas.load(Optional.of(Path.of(arguments[0]))).require();
        float[] a = new float[ORDER * ORDER];
        float[] b = new float[ORDER * ORDER];
        float[] c = new float[ORDER * ORDER];
        Arrays.fill(a, 0.5f);
        Arrays.fill(b, 0.25f);
        run(a, b, c, WARM_UP_SECONDS);
        System.out.println(String.format(Locale.ROOT, "gflops %.2f", run(a, b, c, SECONDS)));
    }

    private static double run(float[] a, float[] b, float[] c, double seconds) {
        long start = System.nanoTime();
        long products = 0;
        while ((System.nanoTime() - start) / 1e9 < seconds) {
            NativeBlas.sgemm(
                    'N', 'N', ORDER, ORDER, ORDER, 1f, a, 0, ORDER, b, 0, ORDER, 0f, c, 0, ORDER);
            products++;
        }
        return 2e-9 * ORDER * ORDER * ORDER * products / ((System.nanoTime() - start) / 1e9);
    }
}
