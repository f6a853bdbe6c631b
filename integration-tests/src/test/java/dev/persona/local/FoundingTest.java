package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

class FoundingTest {

    @TempDir Path folder;

    private List<NodeFolder> nodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new NodeFolder(folder.resolve("node-" + i)))
                .toList();
    }

    private void storeSomething(NodeFolder node) throws IOException {
        Files.createDirectories(node.data());
    }

    @Test
    void allNodesFoundANewCluster() {
        assertEquals(List.of("node-0", "node-1"), Founding.of(folder, nodes(2)).founders());
    }

    @Test
    void aClusterThatHasFormedIsNotFoundedAgain() throws IOException {
        Founding.of(folder, nodes(1)).finish();
        storeSomething(nodes(1).get(0));
        assertEquals(List.of(), Founding.of(folder, nodes(3)).founders());
    }

    @Test
    void aFirstStartThatFailedIsRepeatedByTheSameFounders() throws IOException {
        Founding.of(folder, nodes(1));
        storeSomething(nodes(1).get(0));
        assertEquals(List.of("node-0"), Founding.of(folder, nodes(3)).founders());
    }
}
