package dev.persona.evaluate.recommend;

import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.progress.Progress;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.EventFile;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.LoggedEvent;
import dev.persona.evaluate.history.Split;
import dev.persona.evaluate.recommend.FactorGrid.Point;

import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All of the evaluation that needs no node: reads and divides the file, chooses the parameters on
 * an earlier cut, judges what Persona is held against.
 */
final class Preparation {

    private static final int THREADS = 2;

    private final RecommendOptions options;
    private final EventWeights weights;
    private final Factorizer factorizer;
    private final PrintStream out;
    private final Progress progress;

    Preparation(
            RecommendOptions options,
            EventWeights weights,
            Factorizer factorizer,
            PrintStream out,
            Progress progress) {
        this.options = options;
        this.weights = weights;
        this.factorizer = factorizer;
        this.out = out;
        this.progress = progress;
    }

    /**
     * What Persona is held against.
     *
     * @param key its name among the figures
     * @param name what people read
     * @param quality among all items and among new ones
     */
    record Peer(String key, String name, Map<Candidates, Quality> quality) {}

    /**
     * What comes of it.
     *
     * @param split at the cut that is reported
     * @param choice parameters of the factors
     * @param peers judged on that split
     * @param hasTargets whether file and cut are those that the targets are for
     */
    record Prepared(Split split, FactorChoice choice, List<Peer> peers, boolean hasTargets) {}

    /**
     * Does it, printing what it finds.
     *
     * @throws DemoFailure when the file cannot be measured on
     */
    Prepared run() {
        EventFile file = read();
        Split split = split(file.events());
        FactorChoice choice = choose(file.events());
        return new Prepared(
                split,
                choice,
                peers(split, choice),
                file.isOnlineRetail() && options.cut().equals(RecommendOptions.USUAL_CUT));
    }

    private EventFile read() {
        try (Progress.Step step = progress.step("reading " + options.data().getFileName())) {
            EventFile read = EventFile.read(options.data(), options.columns());
            if (read.events().isEmpty()) {
                throw new DemoFailure(
                        "[%s] tells of nobody who did anything: all of its %,d lines are without user"
                                        .formatted(options.data(), read.leftOut())
                                + " or item, or without quantity or price");
            }
            step.finish(
                    String.format(
                            Locale.ROOT,
                            "%,d events; left out %,d lines that are cancelled, of nobody, about"
                                    + " no product, or without quantity or price",
                            read.events().size(),
                            read.leftOut()));
            return read;
        }
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Split split(List<LoggedEvent> events) {
        Split made = Split.at(events, midnight(options.cut()), Instant.MAX);
        requireUsers(made, events, "--cut", options.cut());
        History before = made.before();
        say("");
        say(
                "before %s: %,d events, %,d users, %,d items; nothing later is known to anybody",
                options.cut(),
                before.events().size(),
                before.users().size(),
                before.items().size());
        say(
                "from then on: %,d of these users bought some of these items, %,d users some that"
                        + " were new to them",
                made.users(Candidates.ALL).size(), made.users(Candidates.NEW).size());
        return made;
    }

    private static void requireUsers(
            Split made, List<LoggedEvent> events, String option, LocalDate day) {
        boolean someone = made.before().events().stream().anyMatch(LoggedEvent::isPurchase);
        if (!someone || made.users(Candidates.NEW).isEmpty()) {
            throw new DemoFailure(
                    ("%s %s leaves nobody who bought something both before and after it, the latter"
                                    + " new to them: there are %,d events before it, %,d after."
                                    + " The file goes from %s to %s; name a day between with %s")
                            .formatted(
                                    option,
                                    day,
                                    made.before().events().size(),
                                    events.size() - made.before().events().size(),
                                    day(events, 0),
                                    day(events, events.size() - 1),
                                    option));
        }
    }

    /** The day of the event that comes at a place in the order of time. */
    private static LocalDate day(List<LoggedEvent> events, int place) {
        return events.stream()
                .map(LoggedEvent::at)
                .sorted()
                .skip(place)
                .findFirst()
                .orElseThrow()
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }

    private FactorChoice choose(List<LoggedEvent> events) {
        Split earlier = Split.at(events, midnight(options.tuningCut()), midnight(options.cut()));
        requireUsers(earlier, events, "--tuning-cut", options.tuningCut());
        FactorGrid grid = new FactorGrid(options.halfLives());
        List<Point> points;
        try (Progress.Step step =
                progress.step("choosing parameters", grid.choices().size(), "choices")) {
            points = grid.judge(earlier, weights, factorizer, step);
            step.finish(points.size() + " choices");
        }
        Point chosen = FactorGrid.best(points);
        say("");
        say(
                "Parameters of the factors, chosen on an earlier cut by plain ALS, the sum of both"
                        + " NDCG@10:");
        say(
                "learned from what was before %s, judged by what %,d users (new: %,d) bought until"
                        + " %s",
                options.tuningCut(),
                earlier.users(Candidates.ALL).size(),
                earlier.users(Candidates.NEW).size(),
                options.cut());
        lines(RecommendTables.grid(points, chosen));
        return chosen.choice();
    }

    private List<Peer> peers(Split split, FactorChoice choice) {
        try (Progress.Step step = progress.step("what it is held against")) {
            History before = split.before();
            Judge judge = new Judge(split, THREADS);
            List<Peer> made =
                    List.of(
                            new Peer("popularity", "popularity", judge.of(new MostBought(before))),
                            new Peer(
                                    "own_counts",
                                    "the user's own purchases",
                                    judge.of(new OwnPurchases(before))),
                            new Peer(
                                    "als",
                                    "plain ALS",
                                    judge.of(
                                            new PlainFactors(
                                                    before,
                                                    factorizer.factorize(
                                                            choice.interactions(
                                                                    before, weights, split.cut()),
                                                            choice.parameters())))));
            step.finish("popularity, own purchases, plain ALS");
            return made;
        }
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }

    private void lines(List<String> lines) {
        lines.forEach(line -> out.println("  " + line));
    }
}
