package dev.persona.cli;

import dev.persona.bench.BenchFailure;
import dev.persona.bench.Figures;
import dev.persona.client.ElasticsearchClient.UnexpectedStatusException;
import dev.persona.demo.progress.DemoFailure;

import org.apache.lucene.search.spell.LevenshteinDistance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A command whose first argument names one of several things to run. */
final class Choice {

    private final String command;
    private final String kind;
    private final Map<String, Command> known;

    /**
     * @param command name of the command, which also names its help text
     * @param kind what the known ones are, in the singular
     * @param known what there is to run, by name
     */
    Choice(String command, String kind, Map<String, Command> known) {
        this.command = command;
        this.kind = kind;
        this.known = new TreeMap<>(known);
    }

    /**
     * Runs what the first argument names; without one, prints what there is.
     *
     * @return exit code
     * @throws UsageException when there is nothing of that name
     */
    int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            System.out.print(help());
            return Command.DONE;
        }
        String name = arguments.get(0);
        Command chosen = known.get(name);
        if (chosen == null) {
            throw new UsageException(
                    "there is no %s [%s], did you mean [%s]? Known: %s"
                            .formatted(kind, name, nearest(name), known.keySet()));
        }
        try {
            return chosen.run(arguments.subList(1, arguments.size()));
        } catch (BenchFailure | DemoFailure | UnexpectedStatusException | UncheckedIOException e) {
            System.err.printf("persona %s %s: %s%n", command, name, e.getMessage());
            return Command.FAILED;
        }
    }

    private String nearest(String name) {
        LevenshteinDistance distance = new LevenshteinDistance();
        return known.keySet().stream()
                .max(Comparator.comparing(other -> distance.getDistance(other, name)))
                .orElseThrow();
    }

    /** The help text. */
    String help() {
        try (InputStream text = Choice.class.getResourceAsStream(command + ".txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options that refuse what cannot be measured by an IllegalArgumentException. */
    static <T> T checked(Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Prints the last line. */
    static int finish(Figures figures, boolean holds) {
        System.out.println(figures);
        return holds ? Command.DONE : Command.FAILED;
    }
}
