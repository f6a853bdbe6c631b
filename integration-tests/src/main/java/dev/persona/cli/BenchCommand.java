package dev.persona.cli;

import dev.persona.bench.Figures;
import dev.persona.bench.als.AlsBench;
import dev.persona.bench.als.AlsBenchOptions;
import dev.persona.bench.chaos.Chaos;
import dev.persona.bench.chaos.ChaosOptions;
import dev.persona.bench.events.EventsBenchOptions;
import dev.persona.bench.events.MeasuredNode;
import dev.persona.bench.recommend.RecommendBench;
import dev.persona.bench.recommend.RecommendBenchOptions;
import dev.persona.bench.retail.RecountOptions;
import dev.persona.bench.retail.RetailRecount;
import dev.persona.local.Checkout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code persona bench}: measures on nodes that are started for it. */
final class BenchCommand {

    /** Each says with its exit code whether what must hold did. */
    private static final Choice BENCHMARKS =
            new Choice(
                    "bench",
                    "benchmark",
                    Map.of(
                            "als",
                            BenchCommand::als,
                            "chaos",
                            BenchCommand::chaos,
                            "events",
                            BenchCommand::events,
                            "recommend",
                            BenchCommand::recommend,
                            "recount",
                            BenchCommand::recount));

    private BenchCommand() {}

    static int run(List<String> arguments) {
        return BENCHMARKS.run(arguments);
    }

    static String help() {
        return BENCHMARKS.help();
    }

    private static int chaos(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("events", "kills", "seed", "clients"), Set.of());
        ChaosOptions usual = ChaosOptions.DEFAULT;
        ChaosOptions wanted =
                Choice.checked(
                        () ->
                                new ChaosOptions(
                                        options.number("events", usual.events()),
                                        options.number("kills", usual.kills()),
                                        options.number("seed", (int) usual.seed()),
                                        options.number("clients", usual.clients())));
        Figures figures = Chaos.run(wanted, System.out);
        return Choice.finish(figures, Chaos.holds(figures));
    }

    private static int als(List<String> arguments) {
        Options options =
                Options.parse(
                        arguments,
                        Set.of("users", "items", "entries", "iterations", "seed", "peer"),
                        Set.of("no-growth"));
        AlsBenchOptions usual = AlsBenchOptions.DEFAULT;
        Optional<String> peer = options.text("peer");
        if (peer.isPresent() && !peer.get().equals("spark")) {
            throw new UsageException("there is no peer [" + peer.get() + "], known: [spark]");
        }
        AlsBenchOptions wanted =
                Choice.checked(
                        () ->
                                new AlsBenchOptions(
                                        options.number("users", usual.users()),
                                        options.number("items", usual.items()),
                                        options.number("entries", usual.entries()),
                                        options.number("iterations", usual.iterations()),
                                        options.number("seed", usual.seed()),
                                        !options.flag("no-growth"),
                                        peer.isPresent()));
        return Choice.finish(AlsBench.run(wanted, System.out), true);
    }

    private static int events(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("events", "clients", "rounds"), Set.of("profile"));
        EventsBenchOptions usual = EventsBenchOptions.DEFAULT;
        EventsBenchOptions wanted =
                Choice.checked(
                        () ->
                                new EventsBenchOptions(
                                        options.number("events", usual.events()),
                                        options.number("clients", usual.clients()),
                                        options.number("rounds", usual.rounds()),
                                        options.flag("profile")));
        return Choice.finish(MeasuredNode.run(wanted, System.out), true);
    }

    private static int recommend(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("products", "users", "requests"), Set.of());
        RecommendBenchOptions usual = RecommendBenchOptions.DEFAULT;
        RecommendBenchOptions wanted =
                Choice.checked(
                        () ->
                                new RecommendBenchOptions(
                                        options.number("products", usual.products()),
                                        options.number("users", usual.users()),
                                        options.number("requests", usual.requests())));
        return Choice.finish(RecommendBench.run(wanted, System.out), true);
    }

    private static int recount(List<String> arguments) {
        Options options = Options.parse(arguments, Set.of("data", "seed", "clients"), Set.of());
        Path data =
                options.text("data")
                        .map(Path::of)
                        .orElse(Checkout.locate().root().resolve(RecountOptions.USUAL_DATA))
                        .normalize();
        if (Files.isReadable(data) == false) {
            throw new UsageException("there is no file " + data + "; name one with --data");
        }
        RecountOptions usual = RecountOptions.of(data);
        RecountOptions wanted =
                Choice.checked(
                        () ->
                                new RecountOptions(
                                        data,
                                        options.number("seed", (int) usual.seed()),
                                        options.number("clients", usual.clients())));
        Figures figures = RetailRecount.run(wanted, System.out);
        return Choice.finish(figures, RetailRecount.holds(figures));
    }
}
