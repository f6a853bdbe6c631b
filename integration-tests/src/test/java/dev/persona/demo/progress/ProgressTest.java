package dev.persona.demo.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aQuickStepIsOnePlainLine() {
        try (Progress.Step step = new Progress(out, false).step("indexing", 10, "products")) {
            step.advance(10);
            step.finish("10 products");
        }
        assertTrue(printed().matches("  indexing: 10 products in \\d+\\.\\d s\\R"), printed());
    }

    @Test
    void aTerminalSeesHowFarItIsInALineThatIsWrittenOver() throws InterruptedException {
        try (Progress.Step step = new Progress(out, true).step("indexing", 4000, "products")) {
            step.advance(1500);
            Thread.sleep(600);
            step.finish("4,000 products");
        }
        assertTrue(printed().contains("1,500 of 4,000"), printed());
        assertEquals(1, printed().lines().filter(l -> l.endsWith(" s")).count());
    }

    @Test
    void aStepThatWasNotFinishedHasFailed() {
        try (Progress.Step step = new Progress(out, false).step("training")) {
            step.advance(1);
        }
        assertTrue(printed().contains("training: failed"), printed());
    }
}
