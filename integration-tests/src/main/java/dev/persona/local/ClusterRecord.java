package dev.persona.local;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.persona.client.ElasticsearchClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about a cluster, as {@code cluster.json} in its folder, so that another run
 * finds its nodes again.
 *
 * @param heap heap of each node, such as {@code 1g}
 * @param plugin digest of the plugin archive that was installed
 * @param nodes in the order of their numbers
 */
record ClusterRecord(String heap, String plugin, List<Node> nodes) {

    ClusterRecord {
        nodes = List.copyOf(nodes);
    }

    /**
     * One node of it.
     *
     * @param name name in the cluster and of its folder
     * @param pid process id
     * @param started start of the process, in milliseconds since 1970
     */
    record Node(
            String name,
            long pid,
            long started,
            @JsonProperty("http_port") int httpPort,
            @JsonProperty("transport_port") int transportPort) {}

    /**
     * The record in a cluster's folder, if there is one.
     *
     * @throws LocalClusterException when it cannot be understood
     */
    static Optional<ClusterRecord> read(Path folder) {
        Path file = file(folder);
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(ElasticsearchClient.JSON.readValue(bytes, ClusterRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LocalClusterException(
                    file
                            + " cannot be read ("
                            + e.getMessage().lines().findFirst().orElse("")
                            + "): end the nodes by hand, if there are any, and delete it",
                    e);
        }
    }

    /** Puts the record into a cluster's folder, whole or not at all. */
    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "cluster", ".part");
            ElasticsearchClient.JSON
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(part.toFile(), this);
            Files.move(part, file(folder), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the record out of a cluster's folder, if there is one. */
    static void delete(Path folder) {
        try {
            Files.deleteIfExists(file(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("cluster.json");
    }
}
