package dev.persona.profiling.factorization;

import org.jblas.NativeBlas;
import org.jblas.util.LibraryLoader;
import org.jblas.util.Logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings jblas up and finds out why where it does not come.
 *
 * <p>jblas loads its library in the static initializer of {@link NativeBlas}, and where that fails
 * it prints a line and goes on; the first call then ends in an UnsatisfiedLinkError that names the
 * method and nothing else. The reason is had by asking its loader a second time.
 */
final class JblasLoader {
    /** In this order: the second is linked against the first. */
    private static final List<String> GFORTRAN = List.of("libquadmath.so.0", "libgfortran.so.5");

    private JblasLoader() {}

    /**
     * @return empty when jblas can be called and counts right, else why not
     */
    static Optional<String> load(Optional<Path> nativeDirectory) {
        StringBuilder aside = new StringBuilder();
        try {
            // Below that jblas tells standard error about every temporary file it deletes.
            Logger.getLogger().setLevel(Logger.WARNING);
            nativeDirectory.ifPresent(directory -> loadGfortran(directory, aside));
            return firstCall().map(reason -> reason + aside);
        } catch (LinkageError | RuntimeException | IOException e) {
            return Optional.of(
                    "jblas on "
                            + System.getProperty("os.name")
                            + " "
                            + System.getProperty("os.arch")
                            + ": "
                            + describe(e)
                            + aside);
        }
    }

    /** A file that is not there or cannot be loaded is no end: the system may have its own. */
    private static void loadGfortran(Path directory, StringBuilder aside) {
        for (String name : GFORTRAN) {
            Path file = directory.resolve(name).toAbsolutePath();
            try {
                System.load(file.toString());
            } catch (LinkageError | RuntimeException e) {
                aside.append("; ").append(describe(e));
            }
        }
    }

    private static Optional<String> firstCall() throws IOException {
        try {
            return probe();
        } catch (UnsatisfiedLinkError unlinked) {
            // A copy that could not be written is among what jblas only prints.
            Files.delete(Files.createTempFile("persona", ".tmp"));
            new LibraryLoader().loadLibrary("jblas", true);
            return probe();
        }
    }

    /** (1 2)(3 4)' = 11: a library that loads but counts wrong is as good as none. */
    private static Optional<String> probe() {
        float[] product = {0f};
        NativeBlas.sgemm(
                'N',
                'N',
                1,
                1,
                2,
                1f,
                new float[] {1f, 2f},
                0,
                1,
                new float[] {3f, 4f},
                0,
                2,
                0f,
                product,
                0,
                1);
        return product[0] == 11f
                ? Optional.empty()
                : Optional.of("jblas was loaded but gave " + product[0] + " for 1 * 3 + 2 * 4");
    }

    private static String describe(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
