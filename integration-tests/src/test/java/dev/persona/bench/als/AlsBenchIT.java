package dev.persona.bench.als;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.bench.Figures;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class AlsBenchIT {
    @Test
    void aSmallMatrixIsMeasuredOnBothSolvers() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Figures figures =
                AlsBench.run(
                        new AlsBenchOptions(2000, 500, 40_000, 5, 1, false, false),
                        new PrintStream(printed, true, StandardCharsets.UTF_8));

        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("64, conjugate gradients"), text);
        assertTrue(figures.get("loss_ratio").asDouble() < 1.01, figures.toString());
        assertTrue(figures.get("loss_ratio").asDouble() > 0.99, figures.toString());
        for (String name : new String[] {"sgemm_gflop_64", "seconds_128", "fold_in_us"}) {
            assertTrue(figures.get(name).asDouble() > 0, figures.toString());
        }
    }

    @Test
    void theSameSeedDrawsTheSameMatrix(@TempDir Path folder) throws IOException {
        PowerLawMatrix matrix = new PowerLawMatrix(300, 200, 5000, 7);
        matrix.write(folder.resolve("a"));
        matrix.write(folder.resolve("b"));

        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
        assertEquals(4 + 5000 * 12, Files.size(folder.resolve("a")));
    }

    @Test
    void moreEntriesThanAMatrixHasRoomForAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new AlsBenchOptions(100, 100, 5000, 10, 1, true, false));
    }
}
