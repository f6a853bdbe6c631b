package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

class NodeProcessTest {

    private static final String MARK = "86399";

    private Process process;
    private NodeProcess node;

    @BeforeEach
    void startAProcess() throws IOException {
        process = new ProcessBuilder("sleep", MARK).start();
        node = NodeProcess.of(process.toHandle(), MARK);
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    @Test
    void aProcessIsFoundAgainUntilItEnds() {
        assertTrue(new NodeProcess(node.pid(), node.started(), MARK).alive());
        node.terminate();
        assertTrue(node.awaitEnd(Duration.ofSeconds(10)));
        assertFalse(node.alive());
    }

    @Test
    void aProcessThatStartedAtAnotherTimeIsLeftAlone() {
        NodeProcess earlier = new NodeProcess(node.pid(), node.started().minusSeconds(60), MARK);
        assertFalse(earlier.alive());
        earlier.kill();
        assertTrue(node.alive());
    }

    @Test
    void aProcessWithAnotherCommandLineIsLeftAlone() {
        NodeProcess other = new NodeProcess(node.pid(), node.started(), "-Dpersona.node=/other");
        assertFalse(other.alive());
        other.terminate();
        other.kill();
        assertTrue(node.alive());
    }

    @Test
    void waitingForAnEndThatDoesNotComeIsGivenUp() {
        assertFalse(node.awaitEnd(Duration.ofMillis(100)));
    }
}
