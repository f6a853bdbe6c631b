package dev.persona.bench.als;

import dev.persona.bench.Figures;
import dev.persona.bench.Percentiles;
import dev.persona.local.Checkout;
import dev.persona.local.Folders;
import dev.persona.local.PluginArchive;
import dev.persona.profiling.factorization.AlsParameters;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Factorizes one matrix again and again, and says how long it takes. */
public final class AlsBench {

    private static final String HEAP = "6g";
    private static final int FEWER_ITERATIONS = 5;

    private final AlsBenchOptions options;
    private final Path folder;
    private final Path libraries;
    private final PrintStream out;

    private AlsBench(AlsBenchOptions options, Path folder, PrintStream out) {
        this.options = options;
        this.folder = folder;
        this.libraries =
                PluginArchive.open(Checkout.locate().pluginZip())
                        .install(
                                folder,
                                Checkout.elasticsearchVersion(),
                                Runtime.version().feature())
                        .resolve("native/linux-x86_64");
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param out where to print
     */
    public static Figures run(AlsBenchOptions options, PrintStream out) {
        try {
            Path folder = Files.createTempDirectory("persona-bench-als");
            try {
                return new AlsBench(options, folder, out).run();
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one factorization took, iteration by iteration. */
    private record Run(List<double[]> iterations, double foldInMicros) {

        /** The first warms up, and the last goes on until the users' vectors are exact. */
        double seconds() {
            return Percentiles.of(
                            iterations.subList(1, iterations.size() - 1).stream()
                                    .map(iteration -> iteration[0])
                                    .toList())
                    .median();
        }

        double loss() {
            return iterations.getLast()[1];
        }

        double lastSeconds() {
            return iterations.getLast()[0];
        }
    }

    private Figures run() {
        Figures figures = new Figures("als");
        Path matrix = matrix(options.entries());
        print(
                "%,d users, %,d items, %,d entries; regularization %s, alpha %s, %d threads",
                options.users(),
                options.items(),
                options.entries(),
                AlsBenchOptions.REGULARIZATION,
                AlsBenchOptions.ALPHA,
                AlsBenchOptions.THREADS);
        double gflops = gflops();
        print("sgemm of jblas on %d cores: %.1f GFLOPS", AlsBenchOptions.THREADS, gflops);
        figures.put("sgemm_gflops", gflops);
        print("");
        print("%-26s %12s %12s %12s %14s", "solver", "s/iteration", "last", "x sgemm", "loss");
        Run run = steps(matrix, 64, options.iterations());
        row("64, conjugate gradients", run, gflops);
        figures.put("seconds_64", run.seconds());
        figures.put("sgemm_gflop_64", run.seconds() * gflops);
        figures.put("fold_in_us", run.foldInMicros());
        Run exact = factorize(matrix, 64, options.iterations(), 0);
        row("64, exact", exact, gflops);
        figures.put("seconds_64_exact", exact.seconds());
        double lossRatio = run.loss() / exact.loss();
        figures.put("loss_ratio", lossRatio);
        Run wide = steps(matrix, 128, options.iterations());
        row("128, conjugate gradients", wide, gflops);
        figures.put("seconds_128", wide.seconds());
        double share = exactWork(64) / exact.seconds() / 1e9 / gflops;
        figures.put("share_of_sgemm_exact", share);
        print("");
        print("the exact solver reaches %.0f%% of the rate of sgemm", 100 * share);
        print(
                "loss after %d iterations, against the exact solver: %.5f",
                options.iterations(), lossRatio);
        print(
                "fold-in of a user with 100 items, 64 factors: %.1f microseconds",
                run.foldInMicros());
        if (options.growth()) {
            grow(run, figures);
        }
        if (options.spark()) {
            double spark = new SparkPeer(folder).secondsPerIteration(matrix, 64);
            // Again, beside the other side: machines have quiet and slow spells.
            double ours = steps(matrix, 64, FEWER_ITERATIONS).seconds();
            print("");
            print("Spark MLlib, 64 factors: %.2f s/iteration, this right after: %.3f", spark, ours);
            figures.put("spark_seconds_64", spark);
            figures.put("spark_ratio", spark / ours);
        }
        return figures;
    }

    private void grow(Run one, Figures figures) {
        print("");
        print("%-26s %12s %12s", "entries, 64 factors", "s/iteration", "growth");
        for (int times : new int[] {1, 2, 4}) {
            Run run =
                    times == 1
                            ? one
                            : steps(matrix(times * options.entries()), 64, FEWER_ITERATIONS);
            double growth = run.seconds() / one.seconds();
            print(
                    "%-26s %12.3f %12.2f",
                    "%,d".formatted(times * options.entries()), run.seconds(), growth);
            figures.put("growth_" + times + "x", growth);
        }
    }

    private Path matrix(int entries) {
        Path file = folder.resolve("matrix-" + entries);
        new PowerLawMatrix(options.users(), options.items(), entries, options.seed()).write(file);
        return file;
    }

    /** Both cores at once, a process each. */
    private double gflops() {
        List<JavaProcess> processes =
                IntStream.range(0, AlsBenchOptions.THREADS)
                        .mapToObj(
                                i ->
                                        JavaProcess.here(
                                                "512m",
                                                MatrixProductRun.class,
                                                List.of(libraries.toString())))
                        .toList();
        try {
            double sum = 0;
            for (JavaProcess process : processes) {
                sum += JavaProcess.numbers(process.lines(), "gflops").getFirst()[0];
            }
            return sum;
        } finally {
            processes.forEach(JavaProcess::close);
        }
    }

    private Run steps(Path matrix, int factors, int iterations) {
        return factorize(matrix, factors, iterations, AlsParameters.USUAL_STEPS);
    }

    private Run factorize(Path matrix, int factors, int iterations, int steps) {
        List<String> arguments =
                List.of(
                        libraries.toString(),
                        matrix.toString(),
                        "" + factors,
                        "" + iterations,
                        "" + AlsBenchOptions.REGULARIZATION,
                        "" + AlsBenchOptions.ALPHA,
                        "" + steps,
                        "" + AlsBenchOptions.THREADS);
        try (JavaProcess process = JavaProcess.here(HEAP, FactorizationRun.class, arguments)) {
            List<String> lines = process.lines();
            return new Run(
                    JavaProcess.numbers(lines, "iteration"),
                    JavaProcess.numbers(lines, "fold_in").getFirst()[0]);
        }
    }

    /** Operations of one exact iteration: products as BLAS makes them, whole, and Cholesky. */
    private double exactWork(double f) {
        double rows = (double) options.users() + options.items();
        double products = 2 * f * f * (2.0 * options.entries() + rows);
        return products + rows * (f * f * f / 3 + 2 * f * f);
    }

    private void row(String solver, Run run, double gflops) {
        print(
                "%-26s %12.3f %12.3f %12.1f %14.6e",
                solver, run.seconds(), run.lastSeconds(), run.seconds() * gflops, run.loss());
    }

    private void print(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
