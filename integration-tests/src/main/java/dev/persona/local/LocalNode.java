package dev.persona.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** One node of a local cluster: its folder, its ports, and its process when it runs. */
final class LocalNode {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final NodeLaunch launch;
    private final int httpPort;
    private final int transportPort;
    private final boolean kept;

    /** What the node's standard input hangs on; unreachable, it would be closed. */
    private Process bound;

    private NodeProcess process;

    private LocalNode(
            String name, NodeLaunch launch, int httpPort, int transportPort, boolean kept) {
        this.name = name;
        this.launch = launch;
        this.httpPort = httpPort;
        this.transportPort = transportPort;
        this.kept = kept;
    }

    /**
     * Starts a node that has been configured.
     *
     * @param kept whether it outlives this JVM
     */
    static LocalNode start(
            String name, NodeLaunch launch, int httpPort, int transportPort, boolean kept) {
        LocalNode node = new LocalNode(name, launch, httpPort, transportPort, kept);
        node.start();
        return node;
    }

    /** A node that an earlier run started. */
    static LocalNode found(ClusterRecord.Node record, NodeLaunch launch) {
        LocalNode node =
                new LocalNode(
                        record.name(), launch, record.httpPort(), record.transportPort(), true);
        node.process =
                new NodeProcess(
                        record.pid(), Instant.ofEpochMilli(record.started()), launch.mark());
        return node;
    }

    void start() {
        try {
            if (kept) {
                process = NodeProcess.of(launch.detached().toHandle(), launch.mark());
            } else {
                bound = launch.bound();
                process = NodeProcess.of(bound.toHandle(), launch.mark());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    NodeFolder folder() {
        return launch.folder();
    }

    boolean alive() {
        return process.alive();
    }

    /** Asks the node to stop; {@link #awaitEnd} waits for it. */
    void terminate() {
        process.terminate();
    }

    /** Waits until the node has ended, and no longer asks when it takes too long. */
    void awaitEnd() {
        if (process.awaitEnd(PATIENCE) == false) {
            kill();
        }
    }

    /** Ends the node as a power failure would. */
    void kill() {
        process.kill();
        if (process.awaitEnd(PATIENCE) == false) {
            throw new LocalClusterException(
                    "%s (pid %d) does not end".formatted(name, process.pid()));
        }
    }

    ClusterRecord.Node record() {
        return new ClusterRecord.Node(
                name, process.pid(), process.started().toEpochMilli(), httpPort, transportPort);
    }
}
