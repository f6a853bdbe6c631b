package dev.persona.cli;

import dev.persona.bench.BenchFailure;
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
import dev.persona.client.ElasticsearchClient.UnexpectedStatusException;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.local.Checkout;

import org.apache.lucene.search.spell.LevenshteinDistance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code persona bench}: measures on nodes that are started for it. */
final class BenchCommand {

    /** Each says with its exit code whether what must hold did. */
    private static final Map<String, Command> BENCHMARKS =
            new TreeMap<>(
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
        if (arguments.isEmpty()) {
            System.out.print(help());
            return Command.DONE;
        }
        String name = arguments.get(0);
        Command benchmark = BENCHMARKS.get(name);
        if (benchmark == null) {
            throw new UsageException(
                    "there is no benchmark [%s], did you mean [%s]? Known: %s"
                            .formatted(name, nearest(name), BENCHMARKS.keySet()));
        }
        try {
            return benchmark.run(arguments.subList(1, arguments.size()));
        } catch (BenchFailure | DemoFailure | UnexpectedStatusException | UncheckedIOException e) {
            System.err.printf("persona bench %s: %s%n", name, e.getMessage());
            return Command.FAILED;
        }
    }

    private static String nearest(String name) {
        LevenshteinDistance distance = new LevenshteinDistance();
        return BENCHMARKS.keySet().stream()
                .max(Comparator.comparing(known -> distance.getDistance(known, name)))
                .orElseThrow();
    }

    static String help() {
        try (InputStream text = BenchCommand.class.getResourceAsStream("bench.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int chaos(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("events", "kills", "seed", "clients"), Set.of());
        ChaosOptions usual = ChaosOptions.DEFAULT;
        ChaosOptions wanted =
                checked(
                        () ->
                                new ChaosOptions(
                                        options.number("events", usual.events()),
                                        options.number("kills", usual.kills()),
                                        options.number("seed", (int) usual.seed()),
                                        options.number("clients", usual.clients())));
        Figures figures = Chaos.run(wanted, System.out);
        return finish(figures, Chaos.holds(figures));
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
                checked(
                        () ->
                                new AlsBenchOptions(
                                        options.number("users", usual.users()),
                                        options.number("items", usual.items()),
                                        options.number("entries", usual.entries()),
                                        options.number("iterations", usual.iterations()),
                                        options.number("seed", usual.seed()),
                                        !options.flag("no-growth"),
                                        peer.isPresent()));
        return finish(AlsBench.run(wanted, System.out), true);
    }

    private static int events(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("events", "clients", "rounds"), Set.of("profile"));
        EventsBenchOptions usual = EventsBenchOptions.DEFAULT;
        EventsBenchOptions wanted =
                checked(
                        () ->
                                new EventsBenchOptions(
                                        options.number("events", usual.events()),
                                        options.number("clients", usual.clients()),
                                        options.number("rounds", usual.rounds()),
                                        options.flag("profile")));
        return finish(MeasuredNode.run(wanted, System.out), true);
    }

    private static int recommend(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("products", "users", "requests"), Set.of());
        RecommendBenchOptions usual = RecommendBenchOptions.DEFAULT;
        RecommendBenchOptions wanted =
                checked(
                        () ->
                                new RecommendBenchOptions(
                                        options.number("products", usual.products()),
                                        options.number("users", usual.users()),
                                        options.number("requests", usual.requests())));
        return finish(RecommendBench.run(wanted, System.out), true);
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
                checked(
                        () ->
                                new RecountOptions(
                                        data,
                                        options.number("seed", (int) usual.seed()),
                                        options.number("clients", usual.clients())));
        Figures figures = RetailRecount.run(wanted, System.out);
        return finish(figures, RetailRecount.holds(figures));
    }

    private static <T> T checked(Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static int finish(Figures figures, boolean holds) {
        System.out.println(figures);
        return holds ? Command.DONE : Command.FAILED;
    }
}
