package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class BlasTest {
    @Test
    void itLoadsOnceAndCounts() {
        Blas blas = LoadedBlas.get();

        assertTrue(blas.isLoaded());
        assertEquals(Optional.empty(), blas.problem());
        assertSame(blas, Blas.load(Optional.of(Path.of("elsewhere"))));
    }

    @Test
    void outerProductsAreAddedToWhatIsThere() {
        float[] vectors = {1, 2, 3, 4, 5, 6};
        float[] sum = {100, 0, 0, 100};

        LoadedBlas.get().addOuterProducts(2, 3, vectors, sum);

        assertArrayEquals(
                new float[] {100 + 1 + 9 + 25, 2 + 12 + 30, 2 + 12 + 30, 100 + 4 + 16 + 36}, sum);
    }

    /** Without the lock about one call in twenty is wrong. */
    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        Blas blas = LoadedBlas.get();
        int f = 64;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                float[] vectors = AlternatingLeastSquares.startVectors(f, f, thread);
                float[] expected = new float[f * f];
                blas.addOuterProducts(f, f, vectors, expected);
                calls.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 5000; i++) {
                                        float[] sum = new float[f * f];
                                        blas.addOuterProducts(f, f, vectors, sum);
                                        assertArrayEquals(expected, sum);
                                    }
                                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
    }

    @Test
    void blasThatIsNotThereTellsItsUsersWhy() {
        Blas blas = Blas.unavailable("the moon is full");

        assertEquals(Optional.of("the moon is full"), blas.problem());
        BlasUnavailableException e =
                assertThrows(
                        BlasUnavailableException.class,
                        () -> new AlternatingLeastSquares(blas, AlsParameters.DEFAULT));
        assertEquals("BLAS is not available: the moon is full", e.getMessage());
    }

    @Test
    void platformWithoutALibraryIsTheReason() throws Exception {
        String report = reportOfAnotherProcess("-Dos.arch=pdp11");

        assertTrue(report.startsWith("jblas on "), report);
        assertTrue(report.contains("pdp11: "), report);
        assertTrue(report.contains("Couldn't find the resource libjblas_arch_flavor"), report);
    }

    @Test
    void missingGfortranIsTheReason(@TempDir Path empty) throws Exception {
        String report = reportOfAnotherProcess("-Dpersona.native.directory=" + empty);

        assumeFalse(report.equals("loaded"), "the system has its own");
        assertTrue(report.contains("libgfortran.so.5: cannot open shared object file"), report);
        assertTrue(report.contains(empty.resolve("libgfortran.so.5").toString()), report);
    }

    @Test
    void temporaryDirectoryThatCannotBeWrittenIsTheReason(@TempDir Path directory)
            throws Exception {
        Path missing = directory.resolve("missing");

        String report = reportOfAnotherProcess("-Djava.io.tmpdir=" + missing);

        assertTrue(report.contains("NoSuchFileException: " + missing), report);
    }

    /** Loading happens once in a process, so each way to fail needs its own. */
    private static String reportOfAnotherProcess(String option) throws Exception {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dpersona.native.directory="
                                + LoadedBlas.directory().map(Path::toString).orElse(""),
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Report.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output.strip();
    }

    /** Prints why BLAS is not there. */
    static final class Report {
        public static void main(String[] arguments) throws IOException {
            System.out.println(Blas.load(LoadedBlas.directory()).problem().orElse("loaded"));
        }
    }
}
