package dev.persona.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Says what a {@link LocalCluster} should be like, and starts it. */
public final class LocalClusterBuilder {

    private final Checkout checkout;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private int nodes = 1;
    private HeapSize heap = new HeapSize(512);
    private OptionalInt firstHttpPort = OptionalInt.empty();
    private Consumer<Path> changePlugin = plugin -> {};
    private Consumer<String> progress = line -> {};

    LocalClusterBuilder(Checkout checkout) {
        this.checkout = checkout;
    }

    /** How many nodes; at least one. */
    public LocalClusterBuilder nodes(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a cluster has at least 1 node, was " + count);
        }
        this.nodes = count;
        return this;
    }

    /** Heap of each node. */
    public LocalClusterBuilder heap(HeapSize size) {
        this.heap = size;
        return this;
    }

    /** HTTP port of the first node; the others take the ports after it. */
    public LocalClusterBuilder httpPort(int first) {
        this.firstHttpPort = OptionalInt.of(first);
        return this;
    }

    /** A setting of each node, in place of what {@code config/elasticsearch.yml} leaves unsaid. */
    public LocalClusterBuilder setting(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    /**
     * A secure setting of each node, as {@code elasticsearch-keystore add} stores it. It is in no
     * file of the node.
     */
    public LocalClusterBuilder secret(String key, String value) {
        secrets.put(key, value);
        return this;
    }

    /** An option of each node's JVM, such as one that records where time goes. */
    public LocalClusterBuilder jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** Called with the installed plugin's folder before any node starts. */
    public LocalClusterBuilder changePlugin(Consumer<Path> change) {
        this.changePlugin = change;
        return this;
    }

    /** Takes a line now and then while something lasts longer than two seconds. */
    public LocalClusterBuilder progress(Consumer<String> lines) {
        this.progress = lines;
        return this;
    }

    /**
     * Starts a cluster that ends with this JVM at the latest, in a new folder below {@code
     * integration-tests/target}.
     *
     * @throws LocalClusterException when it does not come up; the message holds the end of the log
     */
    public LocalCluster start() {
        Path clusters = checkout.root().resolve("integration-tests/target/clusters");
        try {
            Files.createDirectories(clusters);
            return start(Files.createTempDirectory(clusters, "cluster-"), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a cluster that outlives this JVM.
     *
     * @param folder of the cluster; data in it is kept
     */
    LocalCluster startKept(Path folder) {
        return start(folder, true);
    }

    /** The home that a cluster's nodes run from. */
    static ElasticsearchHome home(Path clusterFolder) {
        return new ElasticsearchHome(clusterFolder.resolve("home"));
    }

    private LocalCluster start(Path folder, boolean kept) {
        List<Integer> httpPorts =
                firstHttpPort.isPresent()
                        ? Ports.expectFree(firstHttpPort.getAsInt(), nodes)
                        : List.of();
        List<Integer> free = Ports.free(2 * nodes);
        if (httpPorts.isEmpty()) {
            httpPorts = free.subList(0, nodes);
        }
        List<Integer> transportPorts = free.subList(nodes, 2 * nodes);

        ElasticsearchHome home =
                ElasticsearchHome.make(checkout, home(folder).path(), changePlugin);
        List<NodeFolder> folders =
                IntStream.range(0, nodes)
                        .mapToObj(i -> new NodeFolder(folder.resolve("node-" + i)))
                        .toList();
        Founding founding = Founding.of(folder, folders);
        configure(folders, founding.founders(), httpPorts, transportPorts);
        String plugin = PluginArchive.open(checkout.pluginZip()).digest();
        LocalCluster cluster = new LocalCluster(folder, home, heap, plugin, kept, progress);
        cluster.start(
                folders, httpPorts, transportPorts, List.copyOf(jvmOptions), Map.copyOf(secrets));
        founding.finish();
        return cluster;
    }

    private void configure(
            List<NodeFolder> folders,
            List<String> founders,
            List<Integer> httpPorts,
            List<Integer> transportPorts) {
        List<String> addresses = transportPorts.stream().map(port -> "127.0.0.1:" + port).toList();
        for (int i = 0; i < nodes; i++) {
            NodeFolder node = folders.get(i);
            Map<String, Object> own = new LinkedHashMap<>(settings);
            own.put("node.name", node.name());
            own.put("path.data", node.data().toString());
            own.put("path.logs", node.logs().toString());
            own.put("http.port", httpPorts.get(i));
            own.put("transport.port", transportPorts.get(i));
            own.putAll(discovery(node, founders, addresses));
            node.configure(checkout.config(), own);
        }
    }

    /** How a node finds the others. */
    private Map<String, Object> discovery(
            NodeFolder node, List<String> founders, List<String> addresses) {
        if (nodes == 1) {
            // With addresses to look at, a node alone warns every 30 s that it does not look. More
            // nodes can still join its data later: a start with more of them leaves this setting
            // out.
            return Map.of("discovery.type", "single-node");
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("discovery.seed_hosts", addresses);
        if (founders.contains(node.name())) {
            settings.put("cluster.initial_master_nodes", founders);
        }
        return settings;
    }
}
