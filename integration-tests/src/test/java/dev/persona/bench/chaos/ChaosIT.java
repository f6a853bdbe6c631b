package dev.persona.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.bench.Figures;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A small run of {@code ./persona bench chaos}. */
class ChaosIT {

    @Test
    void nothingIsLostOrCountedTwiceWhenEachKindOfNodeIsKilled() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Figures figures =
                Chaos.run(
                        new ChaosOptions(10_000, 3, 1, 3),
                        new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertTrue(Chaos.holds(figures), figures + "\n" + printed);
        assertEquals(10_000, figures.get("events").asInt());
        assertEquals(3, figures.get("kills").asInt());
        assertTrue(figures.get("duplicates").asInt() > 500, figures.toString());
    }
}
