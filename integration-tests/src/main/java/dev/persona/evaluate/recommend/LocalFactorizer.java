package dev.persona.evaluate.recommend;

import dev.persona.bench.BenchFailure;
import dev.persona.local.Checkout;
import dev.persona.local.Folders;
import dev.persona.local.PluginArchive;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.AlternatingLeastSquares;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.IterationListener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The plugin's own factorization, with the native libraries out of its zip. They are loaded at the
 * first one: what is wrong with the file is said before.
 */
final class LocalFactorizer implements Factorizer, AutoCloseable {

    private static final int THREADS = 2;

    private final ExecutorService helpers = Executors.newFixedThreadPool(THREADS - 1);
    private Optional<Blas> blas = Optional.empty();

    /**
     * {@inheritDoc}
     *
     * @throws BenchFailure when BLAS cannot be loaded, with the reason
     */
    @Override
    public FactorModel factorize(Interactions interactions, AlsParameters parameters) {
        return new AlternatingLeastSquares(blas(), parameters, THREADS, helpers, Long.MAX_VALUE)
                .factorize(interactions, () -> false, IterationListener.NONE);
    }

    /** The zip is unpacked for the first; after that they are loaded. */
    private Blas blas() {
        if (blas.isEmpty()) {
            blas = Optional.of(load());
        }
        return blas.get();
    }

    private static Blas load() {
        try {
            Path folder = Files.createTempDirectory("persona-evaluate");
            try {
                Path plugin =
                        PluginArchive.open(Checkout.locate().pluginZip())
                                .install(
                                        folder,
                                        Checkout.elasticsearchVersion(),
                                        Runtime.version().feature());
                Blas loaded = Blas.load(Optional.of(plugin.resolve("native/linux-x86_64")));
                if (!loaded.isLoaded()) {
                    throw new BenchFailure(
                            "plain ALS needs jblas: " + loaded.problem().orElseThrow());
                }
                return loaded;
            } finally {
                // What is loaded stays when its file is gone.
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        helpers.shutdownNow();
    }
}
