package dev.persona.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.bench.Pause;
import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.local.LocalCluster;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Does to the cluster what a disruption says, and makes it whole again. */
final class Disruptor {

    private static final int LONGEST_ABSENCE_MILLIS = 3000;
    private static final Duration BLOCKED = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private final LocalCluster cluster;
    private final Nodes nodes;
    private final BenchCatalog catalog;
    private final SplittableRandom random;

    Disruptor(LocalCluster cluster, Nodes nodes, BenchCatalog catalog, long seed) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.catalog = catalog;
        this.random = new SplittableRandom(seed);
    }

    /** Returns when all nodes are back and no index is blocked. */
    void run(Disruption disruption) {
        List<Integer> all = IntStream.range(0, cluster.nodes()).boxed().toList();
        switch (disruption) {
            case KILL_PRIMARY -> kill(List.of(primary()));
            case KILL_OTHER -> {
                int other = 1 + random.nextInt(cluster.nodes() - 1);
                kill(List.of((primary() + other) % cluster.nodes()));
            }
            case KILL_ALL -> kill(all);
            case BLOCK_EVENTS -> block(catalog.eventsIndex());
            case BLOCK_PROFILES -> block(catalog.profilesIndex());
            case ROLLING_RESTART -> {
                for (int node : all) {
                    // As an operator does: the next one only when no shard would be without a copy.
                    awaitGreen();
                    cluster.restart(node);
                }
            }
        }
    }

    private void kill(List<Integer> some) {
        some.forEach(cluster::kill);
        Pause.of(Duration.ofMillis(random.nextInt(LONGEST_ABSENCE_MILLIS)));
        cluster.restart(some);
    }

    private int primary() {
        String path = "/_cat/shards/" + catalog.eventsIndex() + "?format=json&h=prirep,node";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (JsonNode shard : nodes.ask("GET", path, null).json()) {
                for (int node = 0; node < cluster.nodes(); node++) {
                    if (shard.path("prirep").asText().equals("p")
                            && shard.path("node").asText().equals(cluster.name(node))) {
                        return node;
                    }
                }
            }
            Pause.of(POLL);
        }
        throw new BenchFailure("the events have had no primary shard for " + PATIENCE);
    }

    private void block(String index) {
        setBlock(index, true);
        Pause.of(BLOCKED);
        setBlock(index, false);
    }

    private void setBlock(String index, boolean on) {
        ObjectNode settings = ElasticsearchClient.JSON.createObjectNode();
        // Null takes the setting away.
        settings.put("index.blocks.read_only_allow_delete", on ? Boolean.TRUE : null);
        until(
                "set the block of " + index,
                () -> nodes.ask("PUT", "/" + index + "/_settings", settings).status() == 200);
    }

    private void awaitGreen() {
        until(
                "are green",
                () -> {
                    Answer health = nodes.ask("GET", "/_cluster/health", null);
                    return health.json().path("status").asText().equals("green");
                });
    }

    private static void until(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (done.getAsBoolean()) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Between two masters.
            }
            if (System.nanoTime() > deadline) {
                throw new BenchFailure("the nodes never " + what);
            }
            Pause.of(POLL);
        }
    }
}
