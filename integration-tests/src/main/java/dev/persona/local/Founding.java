package dev.persona.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which nodes found a cluster. Only a new cluster is founded: a node that joins data that is there
 * must not help to found a second one. A note in the cluster's folder lasts from the first start
 * until the cluster has formed, so that a first start that failed can be repeated.
 */
final class Founding {

    private final Path note;
    private final List<String> founders;

    private Founding(Path note, List<String> founders) {
        this.note = note;
        this.founders = founders;
    }

    /**
     * Decides it for nodes that are about to start.
     *
     * @param folder of the cluster
     */
    static Founding of(Path folder, List<NodeFolder> nodes) {
        Path note = folder.resolve("founders");
        try {
            if (nodes.stream().noneMatch(NodeFolder::hasData)) {
                Files.write(note, nodes.stream().map(NodeFolder::name).toList());
            }
            return new Founding(note, Files.exists(note) ? Files.readAllLines(note) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the nodes that found the cluster; none when it has been founded. */
    List<String> founders() {
        return founders;
    }

    /** Called when the cluster has formed. */
    void finish() {
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
