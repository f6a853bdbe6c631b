package dev.persona.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one cluster of a checkout that goes on running between commands, in {@code .persona/cluster}.
 * Clusters of other checkouts are no concern of it.
 */
public final class KeptCluster {

    private final Checkout checkout;
    private final Path folder;

    /** The cluster of a checkout, whether it runs or not. */
    public KeptCluster(Checkout checkout) {
        this.checkout = checkout;
        this.folder = checkout.state().resolve("cluster");
    }

    /**
     * What to start.
     *
     * @param nodes at least 1
     * @param port HTTP port of the first node; the others take the ports after it
     * @param heap of each node
     */
    public record Shape(int nodes, int port, HeapSize heap) {
        /** One node of 1 GiB on port 9200. */
        public static final Shape DEFAULT = new Shape(1, 9200, new HeapSize(1024));

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException when there cannot be such a cluster
         */
        public Shape {
            if (nodes < 1) {
                throw new IllegalArgumentException("nodes must be at least 1, was " + nodes);
            }
            if (port < 1 || port + nodes - 1 > 65_535) {
                throw new IllegalArgumentException(
                        "ports must be between 1 and 65535, were %d to %d"
                                .formatted(port, port + nodes - 1));
            }
        }
    }

    /** The cluster that was started last and not stopped; its nodes may have ended since. */
    public Optional<LocalCluster> started() {
        return LocalCluster.find(folder);
    }

    /** The cluster, when at least one of its nodes is alive. */
    public Optional<LocalCluster> running() {
        return started().filter(cluster -> cluster.aliveNodes() > 0);
    }

    /** Whether a running cluster is of a shape and runs the plugin that was built last. */
    public boolean fits(LocalCluster cluster, Shape shape) {
        return cluster.aliveNodes() == cluster.nodes()
                && shape.nodes() == cluster.nodes()
                && shape.port() == cluster.uri(0).getPort()
                && shape.heap().equals(cluster.heap())
                && PluginArchive.open(checkout.pluginZip()).digest().equals(cluster.plugin());
    }

    /**
     * Starts the cluster, on the data that an earlier one left.
     *
     * @param clean delete that data first
     * @param progress takes a line now and then
     * @throws LocalClusterException when it runs already, a port is taken, or it does not come up
     */
    public LocalCluster start(Shape shape, boolean clean, Consumer<String> progress) {
        return alone(
                () -> {
                    if (running().isPresent()) {
                        throw new LocalClusterException(
                                "a cluster is running in this checkout: ./persona stop");
                    }
                    Ports.expectFree(shape.port(), shape.nodes());
                    if (clean) {
                        Folders.delete(folder);
                    }
                    expectDataOfAtMost(shape.nodes());
                    return new LocalClusterBuilder(checkout)
                            .nodes(shape.nodes())
                            .httpPort(shape.port())
                            .heap(shape.heap())
                            .progress(progress)
                            .startKept(folder);
                });
    }

    /**
     * Stops what {@link #start} started, and nothing else.
     *
     * @return whether something was running
     */
    public boolean stop() {
        return alone(
                () -> {
                    Optional<LocalCluster> started = started();
                    boolean running = started.map(c -> c.aliveNodes() > 0).orElse(false);
                    started.ifPresent(
                            cluster -> {
                                cluster.stop();
                                cluster.close();
                            });
                    return running;
                });
    }

    /** A cluster that has lost the majority of the nodes it had never forms again. */
    private void expectDataOfAtMost(int nodes) {
        int had = 0;
        while (new NodeFolder(folder.resolve("node-" + had)).hasData()) {
            had++;
        }
        if (had > nodes) {
            throw new LocalClusterException(
                    "the data in %s is of a cluster of %d nodes: start that many with --nodes %d, or begin anew with --clean"
                            .formatted(folder, had, had));
        }
    }

    /** Two commands at once would start two clusters on the same data. */
    private <T> T alone(Supplier<T> work) {
        try {
            Files.createDirectories(checkout.state());
            try (FileChannel channel =
                            FileChannel.open(
                                    checkout.state().resolve("cluster.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    throw busy(null);
                }
                return work.get();
            } catch (OverlappingFileLockException e) {
                throw busy(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalClusterException busy(Throwable cause) {
        return new LocalClusterException(
                "another command is starting or stopping the cluster of this checkout", cause);
    }
}
