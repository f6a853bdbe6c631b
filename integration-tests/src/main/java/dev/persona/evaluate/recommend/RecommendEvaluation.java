package dev.persona.evaluate.recommend;

import dev.persona.bench.Figures;
import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.progress.Progress;
import dev.persona.demo.progress.Terminal;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.Split;
import dev.persona.evaluate.recommend.Preparation.Peer;
import dev.persona.evaluate.recommend.Preparation.Prepared;
import dev.persona.local.Checkout;
import dev.persona.local.HeapSize;
import dev.persona.local.LocalCluster;

import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Recommends to each user of a file what is known before a cut, and holds it against what the user
 * bought from the cut on. All but the node's part is computed first, in this process.
 */
public final class RecommendEvaluation {

    private static final HeapSize HEAP = new HeapSize(1024);
    private static final String TARGETS_MISSED = "targets_missed";

    private final RecommendOptions options;
    private final EventWeights weights;
    private final PrintStream out;
    private final Progress progress;
    private final long start = System.nanoTime();

    RecommendEvaluation(
            RecommendOptions options, EventWeights weights, PrintStream out, Progress progress) {
        this.options = options;
        this.weights = weights;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Computes, then starts a node, asks it, stops it.
     *
     * @param out where to print
     * @throws DemoFailure when the file cannot be measured on
     */
    public static Figures run(RecommendOptions options, PrintStream out) {
        RecommendEvaluation evaluation =
                new RecommendEvaluation(
                        options,
                        EventWeights.read(Checkout.locate().config().resolve("event_weights.json")),
                        out,
                        new Progress(out, Terminal.present()));
        Prepared prepared;
        try (LocalFactorizer factorizer = new LocalFactorizer()) {
            prepared = evaluation.prepare(factorizer);
        }
        try (LocalCluster cluster =
                LocalCluster.builder().heap(HEAP).progress(out::println).start()) {
            return evaluation.ask(prepared, cluster.client(0), Instant.now());
        }
    }

    /** Whether a run's figures reach the targets, where there are any. */
    public static boolean holds(Figures figures) {
        return figures.get(TARGETS_MISSED).asInt(0) == 0;
    }

    /** All that needs no node. */
    Prepared prepare(Factorizer factorizer) {
        return new Preparation(options, weights, factorizer, out, progress).run();
    }

    /**
     * Brings a node to know what was before the cut and asks it for every user, twice.
     *
     * @param now by the node's clock
     */
    Figures ask(Prepared prepared, ElasticsearchClient client, Instant now) {
        Split split = prepared.split();
        CalendarShift shift = CalendarShift.of(options.cut(), now);
        say("");
        say(
                "A node forgets by its clock. So all times are moved by %,d hours: the cut %s is now"
                        + " %s, less",
                shift.by().toHours(), options.cut(), shift.of(split.cut()));
        say(
                "than an hour before the start of the node. The shop's time zone is %s, so that"
                        + " days stay days.",
                shift.timeZone());
        new ShopOnNode(client, options.clients(), progress)
                .open(split.before(), shift, weights, prepared.choice());
        int requests = split.users(Candidates.ALL).size() + split.users(Candidates.NEW).size();
        AskedNode node;
        Map<Candidates, Quality> persona;
        try (Progress.Step step = progress.step("asking", requests, "recommendations")) {
            node = new AskedNode(client, split.before(), step);
            persona = new Judge(split, options.clients()).of(node);
            step.finish(String.format(Locale.ROOT, "%,d recommendations", requests));
        }
        print(prepared, persona);
        say("");
        say(
                "a request took %.1f ms in the middle, %.1f ms at the 99th percentile, with %d at a"
                        + " time",
                node.millis().at(50), node.millis().at(99), options.clients());
        say(
                "users that the node did not know: %,d; items that had been bought before, though"
                        + " excluded: %,d",
                node.unknownUsers(), node.boughtBefore());
        return figures(prepared, persona, node);
    }

    private void print(Prepared prepared, Map<Candidates, Quality> persona) {
        Map<String, Map<Candidates, Quality>> named = new LinkedHashMap<>();
        prepared.peers().forEach(peer -> named.put(peer.name(), peer.quality()));
        named.put("Persona", persona);
        say("");
        say("All items, %,d users:", persona.get(Candidates.ALL).users());
        lines(RecommendTables.qualities(named, Candidates.ALL));
        say("");
        say(
                "Only items that the user had not bought before, %,d users:",
                persona.get(Candidates.NEW).users());
        lines(RecommendTables.qualities(named, Candidates.NEW));
        if (prepared.hasTargets()) {
            say("");
            lines(RecommendTables.targets(persona));
        }
    }

    private Figures figures(Prepared prepared, Map<Candidates, Quality> persona, AskedNode node) {
        FactorChoice choice = prepared.choice();
        History before = prepared.split().before();
        Figures figures = new Figures("evaluate recommend");
        persona.forEach((which, quality) -> quality.addTo(figures.group(which.key())));
        for (Peer peer : prepared.peers()) {
            Figures group = figures.group(peer.key());
            peer.quality().forEach((which, quality) -> quality.addTo(group.group(which.key())));
        }
        Figures users = figures.group("users");
        persona.forEach((which, quality) -> users.put(which.key(), quality.users()));
        figures.group("chosen")
                .put("alpha", choice.alpha())
                .put("regularization", choice.regularization())
                .put("half_life_days", choice.halfLifeDays())
                .put("factors", FactorChoice.FACTORS)
                .put("iterations", FactorChoice.ITERATIONS);
        figures.put("request_ms_p50", node.millis().at(50))
                .put("request_ms_p99", node.millis().at(99))
                .put("unknown_users", node.unknownUsers())
                .put("bought_before", node.boughtBefore())
                .put("events", before.events().size())
                .put("items", before.items().size());
        if (prepared.hasTargets()) {
            long missed = Target.ALL.stream().filter(t -> !t.isReached(persona)).count();
            figures.put(TARGETS_MISSED, missed);
        }
        return figures.put("seconds", (System.nanoTime() - start) / 1e9);
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }

    private void lines(List<String> lines) {
        lines.forEach(line -> out.println("  " + line));
    }
}
