package dev.persona.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.bench.Figures;
import dev.persona.bench.Followers;
import dev.persona.bench.Pause;
import dev.persona.local.LocalCluster;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Streams events at three nodes that are killed, blocked and restarted meanwhile, and counts
 * afterwards whether every acknowledged event is in its profile exactly once.
 */
public final class Chaos {

    private static final int NODES = 3;
    private static final int PRODUCTS = 300;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** While a disruption goes on, what is left of its share of the events lasts so long. */
    private static final double SECONDS_PER_DISRUPTION = 20;

    private final LocalCluster cluster;
    private final ChaosOptions options;
    private final PrintStream out;
    private final BenchCatalog catalog;
    private final Stream stream;
    private final UserMerges merges;
    private final Tally tally = new Tally();
    private final SplittableRandom random;
    private long slowestRecovery;

    private Chaos(LocalCluster cluster, ChaosOptions options, PrintStream out) {
        this.cluster = cluster;
        this.options = options;
        this.out = out;
        this.catalog = BenchCatalog.draw("products", PRODUCTS, options.seed());
        this.stream = new Stream(options.events(), options.seed());
        this.merges = new UserMerges(options.users(), options.merges());
        this.random = new SplittableRandom(options.seed());
    }

    /**
     * Starts a cluster, runs, stops it.
     *
     * @param out where to print
     * @throws BenchFailure when events are refused or profiles no longer move
     */
    public static Figures run(ChaosOptions options, PrintStream out) {
        try (LocalCluster cluster =
                LocalCluster.builder().nodes(NODES).progress(out::println).start()) {
            return new Chaos(cluster, options, out).run();
        }
    }

    /** Whether a run's figures say that nothing was lost, counted twice, or otherwise wrong. */
    public static boolean holds(Figures figures) {
        return List.of("lost", "double_counted", "differing_events", "differing_profiles").stream()
                .allMatch(name -> figures.get(name).asLong(-1) == 0);
    }

    private Figures run() {
        catalog.create(cluster.client(0));
        long start = System.nanoTime();
        ShopEvents events =
                new ShopEvents(
                        catalog.products(),
                        options.users(),
                        options.seed(),
                        System.currentTimeMillis());
        List<Disruption> plan = Disruption.plan(options.kills());
        try (Nodes nodes = new Nodes(cluster);
                ExecutorService pool = Executors.newFixedThreadPool(options.clients() + 1)) {
            List<Future<?>> clients = new ArrayList<>();
            String path = catalog.path("/_persona/events");
            for (int c = 0; c < options.clients(); c++) {
                long seed = random.nextLong();
                clients.add(pool.submit(new Shipper(stream, events, nodes, path, tally, seed)));
            }
            clients.add(
                    pool.submit(
                            new Merger(
                                    stream,
                                    merges,
                                    nodes,
                                    catalog.path("/_persona/profiles/_merge"),
                                    options.events(),
                                    random.nextLong())));
            try {
                disrupt(plan, nodes);
            } catch (RuntimeException | Error e) {
                stream.stop();
                throw e;
            }
            await(clients);
            say(options.events(), "all acknowledged, and merged");
            recover(nodes, System.nanoTime(), "at the end");
        }
        Verdict verdict = new Verdict(cluster.client(0), catalog, merges);
        verdict.compare(events, options.events());
        verdict.notes().forEach(out::println);
        return figures(plan, verdict, (System.nanoTime() - start) / 1e9);
    }

    private void disrupt(List<Disruption> plan, Nodes nodes) {
        Disruptor disruptor = new Disruptor(cluster, nodes, catalog, random.nextLong());
        double share = (double) options.events() / (plan.size() + 1);
        for (int d = 0; d < plan.size(); d++) {
            stream.allow((long) (share * (d + 2)));
            awaitAcknowledged((int) (share * (d + 1)));
            stream.pace(share / SECONDS_PER_DISRUPTION);
            long from = System.nanoTime();
            disruptor.run(plan.get(d));
            long whole = System.nanoTime();
            say(
                    stream.acknowledged(),
                    "%s: whole again after %.1f s".formatted(plan.get(d), (whole - from) / 1e9));
            // Sometimes the next one comes while profiles are still catching up.
            if (d == plan.size() - 1 || random.nextInt(3) > 0) {
                recover(nodes, whole, "then");
            }
            stream.pace(Double.POSITIVE_INFINITY);
        }
        stream.allow(options.events());
    }

    private void awaitAcknowledged(int count) {
        while (stream.acknowledged() < count) {
            if (stream.isStopped()) {
                throw new BenchFailure("a client gave up");
            }
            Pause.of(POLL);
        }
    }

    private static void await(List<Future<?>> clients) {
        try {
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailure("a client failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits until what is stored by now is in the profiles. */
    private void recover(Nodes nodes, long whole, String when) {
        String path = catalog.path("/_persona/stats");
        long[] stored = {-1};
        long recovered =
                Followers.await(
                        () -> nodes.ask("GET", path, null),
                        followers -> {
                            // A node that is not the primary's any more may still report one.
                            JsonNode follower =
                                    followers.stream()
                                            .max(Comparator.comparingLong(Chaos::checkpoint))
                                            .orElse(MissingNode.getInstance());
                            if (stored[0] < 0) {
                                stored[0] = checkpoint(follower);
                            }
                            return stored[0] >= 0
                                    && follower.path("applied").asLong(-1) >= stored[0];
                        },
                        POLL,
                        PATIENCE);
        long millis = (recovered - whole) / 1_000_000;
        slowestRecovery = Math.max(slowestRecovery, millis);
        say(stream.acknowledged(), "profiles had caught up %,d ms %s".formatted(millis, when));
    }

    private static long checkpoint(JsonNode follower) {
        return follower.path("global_checkpoint").asLong(-1);
    }

    private Figures figures(List<Disruption> plan, Verdict verdict, double seconds) {
        return new Figures("chaos")
                .put("events", options.events())
                .put("duplicates", tally.duplicates.get())
                .put("retried", tally.retried.get())
                .put("merges", merges.calls().size())
                .put("kills", plan.stream().filter(Disruption::isKill).count())
                .put("disruptions", plan.size())
                .put("lost", verdict.lost() + tally.createdAgain.get())
                .put("double_counted", verdict.doubleCounted())
                .put("differing_events", verdict.differingEvents())
                .put("differing_profiles", verdict.differingProfiles())
                .put("recovery_ms_max", slowestRecovery)
                .put("seconds", seconds);
    }

    private void say(int acknowledged, String what) {
        out.println(
                String.format(
                        Locale.ROOT, "%,9d of %,d  %s", acknowledged, options.events(), what));
    }
}
