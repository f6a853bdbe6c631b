package dev.persona.bench.als;

import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.AlternatingLeastSquares;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.FoldIn;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process that factorizes a matrix and prints how long that took: a line {@code iteration SECONDS
 * LOSS} for each iteration, and in the end {@code fold_in MICROSECONDS}.
 */
final class FactorizationRun {

    private static final int FOLD_IN_ITEMS = 100;
    private static final int FOLD_INS = 20_000;

    private FactorizationRun() {}

    /**
     * @param arguments folder of the native libraries, file of the matrix, factors, iterations,
     *     regularization, alpha, steps of conjugate gradients, threads
     */
    public static void main(String[] arguments) throws IOException {
        Blas blas = Blas.load(Optional.of(Path.of(arguments[0])));
        Interactions matrix = read(Path.of(arguments[1]));
        AlsParameters parameters =
                new AlsParameters(
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Double.parseDouble(arguments[4]),
                        Double.parseDouble(arguments[5]),
                        1,
                        false,
                        Integer.parseInt(arguments[6]));
        int threads = Integer.parseInt(arguments[7]);
        FactorModel model;
        try (ExecutorService helpers = Executors.newFixedThreadPool(threads)) {
            long[] before = {System.nanoTime()};
            model =
                    new AlternatingLeastSquares(blas, parameters, threads, helpers, Long.MAX_VALUE)
                            .factorize(
                                    matrix,
                                    () -> false,
                                    (iteration, loss) -> {
                                        long now = System.nanoTime();
                                        print("iteration %.4f %.6e", (now - before[0]) / 1e9, loss);
                                        before[0] = now;
                                    });
        }
        print("fold_in %.2f", foldInMicros(model));
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    private static Interactions read(Path file) throws IOException {
        InteractionsBuilder builder = Interactions.builder();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            int entries = in.readInt();
            for (int i = 0; i < entries; i++) {
                builder.add("u" + in.readInt(), "i" + in.readInt(), in.readFloat());
            }
        }
        return builder.build();
    }

    /** The median over many users with a hundred random items each. */
    private static double foldInMicros(FactorModel model) {
        FoldIn foldIn = model.itemFactors().foldIn();
        Random random = new Random(2);
        double[] micros = new double[FOLD_INS];
        float sum = 0;
        for (int i = 0; i < FOLD_INS; i++) {
            int[] items =
                    random.ints(0, model.items().size())
                            .distinct()
                            .limit(Math.min(FOLD_IN_ITEMS, model.items().size()))
                            .toArray();
            float[] weights = new float[items.length];
            Arrays.fill(weights, 1 + i % 3);
            long start = System.nanoTime();
            sum += foldIn.solve(items, weights)[0];
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        if (Float.isNaN(sum)) {
            throw new IllegalStateException("a folded-in vector is not a number");
        }
        // The first half warms up.
        double[] counted = Arrays.copyOfRange(micros, FOLD_INS / 2, FOLD_INS);
        Arrays.sort(counted);
        return counted[counted.length / 2];
    }
}
