package dev.persona.bench.events;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.bench.Figures;
import dev.persona.bench.Followers;
import dev.persona.bench.Pause;
import dev.persona.bench.Percentiles;
import dev.persona.client.ElasticsearchClient;
import dev.persona.local.LocalCluster;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Sends events to the endpoint and, right after, the documents that it stored to plain _bulk, again
 * and again, on one node; then measures how fresh profiles are at half of the load.
 */
public final class EventsBench {

    private static final long SEED = 1;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FRESHNESS_TIME = Duration.ofSeconds(20);

    private final LocalCluster cluster;
    private final EventsBenchOptions options;
    private final PrintStream out;
    private final ElasticsearchClient client;
    private final BenchCatalog catalog =
            BenchCatalog.draw("products", EventsBenchOptions.PRODUCTS, SEED);
    private final DrawnEvents events = new DrawnEvents(catalog.products(), SEED);
    private final List<Span> spans = new ArrayList<>();

    /**
     * A round as the node's clock has it.
     *
     * @param plain whether it was one of plain _bulk
     */
    record Span(boolean plain, Instant from, Instant to) {}

    /** Rates of one pair of rounds, in events a second. */
    private record Pair(double bulk, double answered, double caughtUp, double written) {
        double ratio() {
            return caughtUp / bulk;
        }

        double writtenRatio() {
            return written / bulk;
        }
    }

    /**
     * @param cluster one node without a catalog
     * @param out where to print
     */
    public EventsBench(LocalCluster cluster, EventsBenchOptions options, PrintStream out) {
        this.cluster = cluster;
        this.options = options;
        this.out = out;
        this.client = cluster.client(0);
    }

    /**
     * Runs it.
     *
     * @throws BenchFailure when an event is not stored or does not come into its profile
     */
    public Figures run() {
        catalog.create(client);
        PlainIndex plain = new PlainIndex(client, catalog);
        plain.create();
        print(
                "%-8s %12s %12s %14s %12s %8s",
                "round", "_bulk/s", "answered/s", "in profiles/s", "written/s", "ratio");
        try (Load load = new Load(options.clients())) {
            List<Pair> pairs = new ArrayList<>();
            for (int round = 0; round < options.allRounds(); round++) {
                Pair pair = pair(load, plain, round);
                boolean counts = round >= EventsBenchOptions.WARM_UP_ROUNDS;
                print(
                        "%-8s %,12.0f %,12.0f %,14.0f %,12.0f %8.3f",
                        counts ? 1 + round - EventsBenchOptions.WARM_UP_ROUNDS : "warm-up",
                        pair.bulk(),
                        pair.answered(),
                        pair.caughtUp(),
                        pair.written(),
                        pair.ratio());
                if (counts) {
                    pairs.add(pair);
                }
            }
            expectAllStored(catalog.eventsIndex());
            expectAllStored(PlainIndex.NAME);
            Figures figures = new Figures("events");
            double rate = median(pairs.stream().map(Pair::caughtUp).toList());
            figures.put("events_per_s", rate);
            figures.put("answered_per_s", median(pairs.stream().map(Pair::answered).toList()));
            figures.put("bulk_per_s", median(pairs.stream().map(Pair::bulk).toList()));
            figures.put("ratio_to_bulk", median(pairs.stream().map(Pair::ratio).toList()));
            figures.put(
                    "written_ratio_to_bulk",
                    median(pairs.stream().map(Pair::writtenRatio).toList()));
            freshness(load, rate / 2, figures);
            return figures;
        }
    }

    private static double median(List<Double> values) {
        return Percentiles.of(values).median();
    }

    private Pair pair(Load load, PlainIndex plain, int round) {
        List<Batch> batches =
                events.batches(
                        "r" + round + "-",
                        options.events(),
                        EventsBenchOptions.BATCH,
                        System.currentTimeMillis());
        settle();
        Instant from = Instant.now();
        Load.Outcome ours = load.run(target(catalog.path("/_persona/events")), batches);
        long caughtUp = awaitCaughtUp();
        long written = awaitWritten();
        spans.add(new Span(false, from, Instant.now()));

        List<Batch> copies = plain.copies(batches);
        settle();
        from = Instant.now();
        Load.Outcome bulk = load.run(target("/" + PlainIndex.NAME + "/_bulk"), copies);
        spans.add(new Span(true, from, Instant.now()));
        return new Pair(
                rate(bulk.started(), bulk.answered()),
                rate(ours.started(), ours.answered()),
                rate(ours.started(), caughtUp),
                rate(ours.started(), written));
    }

    private double rate(long from, long to) {
        return options.events() / ((to - from) / 1e9);
    }

    /** What the round before left to do must not be paid for by the next. */
    private void settle() {
        client.call("POST", "/_flush", null);
        Pause.of(Duration.ofSeconds(1));
    }

    private void expectAllStored(String index) {
        client.call("POST", "/" + index + "/_refresh", null);
        long stored = client.call("GET", "/" + index + "/_count", null).path("count").asLong();
        long sent = (long) options.allRounds() * options.events();
        if (stored != sent) {
            throw new BenchFailure(
                    "%d events were sent, but %s has %d".formatted(sent, index, stored));
        }
    }

    private URI target(String path) {
        return cluster.uri(0).resolve(path);
    }

    private long awaitCaughtUp() {
        return Followers.awaitCaughtUp(
                () -> client.send("GET", catalog.path("/_persona/stats"), null), POLL, PATIENCE);
    }

    private long awaitWritten() {
        return Followers.awaitWritten(
                () -> client.send("GET", catalog.path("/_persona/stats"), null), POLL, PATIENCE);
    }

    private void freshness(Load load, double rate, Figures figures) {
        int count = (int) (rate * FRESHNESS_TIME.toSeconds());
        List<Batch> batches =
                events.batches(
                        "fresh-", count, EventsBenchOptions.BATCH, System.currentTimeMillis());
        Duration interval = FRESHNESS_TIME.dividedBy(Math.max(batches.size(), 1));
        settle();
        Freshness probes = new Freshness(client, catalog);
        FutureTask<Void> probing = new FutureTask<>(probes::run, null);
        Thread.ofPlatform().name("freshness").start(probing);
        Load.Outcome outcome =
                load.run(target(catalog.path("/_persona/events")), batches, interval);
        probes.end();
        try {
            probing.get();
        } catch (ExecutionException e) {
            throw new BenchFailure("a probe failed: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        awaitCaughtUp();
        Percentiles answers = Percentiles.of(outcome.answerMillis());
        Percentiles fresh = Percentiles.of(probes.millis());
        print(
                "at %,.0f events/s for %d s: %d calls, answer p50 %.1f ms, p99 %.1f ms; %d probes,"
                        + " in the profile p50 %.0f ms, p99 %.0f ms",
                rate,
                FRESHNESS_TIME.toSeconds(),
                batches.size(),
                answers.at(50),
                answers.at(99),
                probes.millis().size(),
                fresh.at(50),
                fresh.at(99));
        figures.put("answer_ms_p50", answers.at(50)).put("answer_ms_p99", answers.at(99));
        figures.put("freshness_ms_p50", fresh.at(50)).put("freshness_ms_p99", fresh.at(99));
    }

    /** When which side was measured; complete once {@link #run} has returned. */
    List<Span> spans() {
        return spans;
    }

    private void print(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
