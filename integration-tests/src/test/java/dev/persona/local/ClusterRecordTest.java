package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class ClusterRecordTest {

    @TempDir Path folder;

    private final ClusterRecord record =
            new ClusterRecord(
                    "1g",
                    "c0ffee",
                    List.of(new ClusterRecord.Node("node-0", 42, 1_767_261_600_000L, 9200, 9300)));

    @Test
    void whatIsWrittenIsReadBack() {
        record.write(folder);
        assertEquals(Optional.of(record), ClusterRecord.read(folder));
    }

    @Test
    void whereNothingWasStartedOrItWasStoppedThereIsNoRecord() {
        assertEquals(Optional.empty(), ClusterRecord.read(folder));
        record.write(folder);
        ClusterRecord.delete(folder);
        assertEquals(Optional.empty(), ClusterRecord.read(folder));
    }

    @Test
    void aRecordThatCannotBeUnderstoodIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("cluster.json"), "{\"heap\": 1, ");
        LocalClusterException refusal =
                assertThrows(LocalClusterException.class, () -> ClusterRecord.read(folder));
        assertTrue(refusal.getMessage().startsWith(file + " cannot be read"));
    }

    @Test
    void aClusterWhoseNodesHaveEndedIsFoundButNotRunning() {
        record.write(folder);
        assertEquals(0, LocalCluster.find(folder).orElseThrow().aliveNodes());
    }
}
