package dev.persona.local;

import dev.persona.client.ElasticsearchClient;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cluster of real Elasticsearch nodes on this machine, with the plugin installed from its zip and
 * entitlements in force. Nodes are numbered from 0. Not for use by several threads, but for the
 * clients it hands out.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.builder().nodes(3).start()) {
 *     cluster.client(0).call("PUT", "/products", null);
 *     cluster.kill(1);
 *     cluster.restart(1);
 * }
 * }</pre>
 */
public final class LocalCluster implements AutoCloseable {

    /** A node is up after some seconds; a busy machine may need many times that. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    private static final int LOG_LINES = 30;

    private final Path folder;
    private final ElasticsearchHome home;
    private final HeapSize heap;
    private final String plugin;
    private final boolean kept;
    private final Consumer<String> progress;
    private final List<LocalNode> nodes = new ArrayList<>();
    private final List<ElasticsearchClient> clients = new ArrayList<>();
    private Thread stopAtExit;

    LocalCluster(
            Path folder,
            ElasticsearchHome home,
            HeapSize heap,
            String plugin,
            boolean kept,
            Consumer<String> progress) {
        this.folder = folder;
        this.home = home;
        this.heap = heap;
        this.plugin = plugin;
        this.kept = kept;
        this.progress = progress;
    }

    /** A cluster to start: without further words one node of 512 MiB on free ports. */
    public static LocalClusterBuilder builder() {
        return new LocalClusterBuilder(Checkout.locate());
    }

    /**
     * The cluster whose record is in a folder, as an earlier run left it; its nodes may be gone.
     */
    static Optional<LocalCluster> find(Path folder) {
        return ClusterRecord.read(folder).map(record -> found(folder, record));
    }

    private static LocalCluster found(Path folder, ClusterRecord record) {
        ElasticsearchHome home = LocalClusterBuilder.home(folder);
        HeapSize heap = HeapSize.parse(record.heap());
        LocalCluster cluster =
                new LocalCluster(folder, home, heap, record.plugin(), true, line -> {});
        for (ClusterRecord.Node node : record.nodes()) {
            NodeFolder nodeFolder = new NodeFolder(folder.resolve(node.name()));
            cluster.add(
                    LocalNode.found(
                            node, new NodeLaunch(home, nodeFolder, heap, List.of(), Map.of())));
        }
        return cluster;
    }

    /**
     * Starts nodes that have been configured and waits for the cluster; none is left behind when
     * one of them does not come up.
     *
     * @param jvmOptions further options of the nodes' JVMs
     * @param secrets what the nodes find in their keystores, by name
     */
    void start(
            List<NodeFolder> folders,
            List<Integer> httpPorts,
            List<Integer> transportPorts,
            List<String> jvmOptions,
            Map<String, String> secrets) {
        if (kept == false) {
            stopAtExit = new Thread(this::stopNodes, "stop-local-cluster");
            Runtime.getRuntime().addShutdownHook(stopAtExit);
        }
        try {
            for (int i = 0; i < folders.size(); i++) {
                NodeFolder nodeFolder = folders.get(i);
                String name = nodeFolder.name();
                NodeLaunch launch = new NodeLaunch(home, nodeFolder, heap, jvmOptions, secrets);
                add(LocalNode.start(name, launch, httpPorts.get(i), transportPorts.get(i), kept));
                record();
            }
            awaitUp();
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private void add(LocalNode node) {
        nodes.add(node);
        clients.add(new ElasticsearchClient(node.uri()));
    }

    /** How many nodes the cluster was started with. */
    public int nodes() {
        return nodes.size();
    }

    /** Where a node listens, such as {@code http://127.0.0.1:9200}. */
    public URI uri(int node) {
        return nodes.get(node).uri();
    }

    /** Calls one node; valid until this is closed, also across a restart of the node. */
    public ElasticsearchClient client(int node) {
        return clients.get(node);
    }

    /** Name of a node in the cluster. */
    public String name(int node) {
        return nodes.get(node).name();
    }

    /** Process id of a node. */
    public long pid(int node) {
        return nodes.get(node).pid();
    }

    /** Whether a node's process runs. */
    public boolean alive(int node) {
        return nodes.get(node).alive();
    }

    /** How many nodes run. */
    public int aliveNodes() {
        return (int) nodes.stream().filter(LocalNode::alive).count();
    }

    /** A node's log file. */
    public Path log(int node) {
        return nodes.get(node).folder().log();
    }

    /** The home that all nodes run from. */
    public ElasticsearchHome home() {
        return home;
    }

    /** Heap of each node. */
    public HeapSize heap() {
        return heap;
    }

    /** Digest of the plugin archive that was installed, see {@link PluginArchive#digest}. */
    public String plugin() {
        return plugin;
    }

    /** What the first node that answers says about the cluster. */
    public Optional<ClusterHealth> health() {
        return nodes.stream()
                .filter(LocalNode::alive)
                .map(node -> ClusterHealth.of(node.uri()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Ends a node's process with SIGKILL, and returns when it is gone. */
    public void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts a node again, on the same ports and data, and waits until it is in the cluster. */
    public void restart(int node) {
        restart(List.of(node));
    }

    /**
     * Starts several nodes again at the same time, on the same ports and data, and waits until they
     * are in the cluster: after most of them were gone, one alone would wait for the others.
     */
    public void restart(List<Integer> some) {
        List<LocalNode> restarted = some.stream().map(nodes::get).toList();
        restarted.forEach(LocalNode::terminate);
        restarted.forEach(LocalNode::awaitEnd);
        restarted.forEach(LocalNode::start);
        record();
        awaitUp();
    }

    /**
     * Waits until the nodes that are alive answer and form one cluster.
     *
     * @throws LocalClusterException when one of them ends meanwhile, or time is up
     */
    public void awaitUp() {
        List<LocalNode> expected = nodes.stream().filter(LocalNode::alive).toList();
        String what =
                expected.size() == 1 ? "the node" : "the cluster of " + expected.size() + " nodes";
        boolean inTime =
                Waiting.until(
                        START_PATIENCE,
                        what,
                        progress,
                        () -> {
                            expectAlive(expected);
                            return expected.stream().allMatch(n -> serves(n, expected.size()));
                        });
        if (inTime == false) {
            String status =
                    health().map(h -> h.status() + " with " + h.nodes() + " nodes")
                            .orElse("not answering");
            throw new LocalClusterException(
                    "the cluster is %s after %d s. %s"
                            .formatted(
                                    status,
                                    START_PATIENCE.toSeconds(),
                                    lastWords(expected.get(0))));
        }
    }

    private static boolean serves(LocalNode node, int wanted) {
        return ClusterHealth.of(node.uri()).filter(health -> health.serves(wanted)).isPresent();
    }

    private static void expectAlive(List<LocalNode> expected) {
        for (LocalNode node : expected) {
            if (node.alive() == false) {
                throw new LocalClusterException(
                        node.name() + " ended while it started. " + lastWords(node));
            }
        }
    }

    private static String lastWords(LocalNode node) {
        return "The last lines of %s:%n%s"
                .formatted(
                        node.folder().log(),
                        String.join(System.lineSeparator(), node.folder().lastLines(LOG_LINES)));
    }

    private void record() {
        new ClusterRecord(heap.toString(), plugin, nodes.stream().map(LocalNode::record).toList())
                .write(folder);
    }

    /** Stops all nodes, in good order where they can. The data stays. */
    public void stop() {
        stopNodes();
        if (stopAtExit != null) {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
            stopAtExit = null;
        }
        ClusterRecord.delete(folder);
    }

    private void stopNodes() {
        nodes.forEach(LocalNode::terminate);
        nodes.forEach(LocalNode::awaitEnd);
    }

    /**
     * Lets go of the cluster. One that is kept runs on; any other is stopped and deleted but for
     * its logs.
     */
    @Override
    public void close() {
        clients.forEach(ElasticsearchClient::close);
        if (kept) {
            return;
        }
        stop();
        Folders.delete(home.path());
        for (LocalNode node : nodes) {
            Folders.delete(node.folder().data());
            Folders.delete(node.folder().temp());
        }
    }
}
