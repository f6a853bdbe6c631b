package dev.persona.cli;

import dev.persona.bench.Figures;
import dev.persona.bench.retail.RecountOptions;
import dev.persona.evaluate.history.Columns;
import dev.persona.evaluate.history.TimeFormat;
import dev.persona.evaluate.recommend.RecommendEvaluation;
import dev.persona.evaluate.recommend.RecommendOptions;
import dev.persona.local.Checkout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code persona evaluate}: how good the answers are, on data of real people. */
final class EvaluateCommand {

    private static final Choice EVALUATIONS =
            new Choice("evaluate", "evaluation", Map.of("recommend", EvaluateCommand::recommend));

    private static final List<String> REQUIRED_COLUMNS =
            List.of("user-column", "item-column", "time-column");

    private static final List<String> OTHER_COLUMNS =
            List.of(
                    "order-column",
                    "type-column",
                    "quantity-column",
                    "price-column",
                    "title-column",
                    "time-format");

    private EvaluateCommand() {}

    static int run(List<String> arguments) {
        return EVALUATIONS.run(arguments);
    }

    static String help() {
        return EVALUATIONS.help();
    }

    private static int recommend(List<String> arguments) {
        Set<String> valued =
                new TreeSet<>(List.of("data", "cut", "tuning-cut", "half-life", "clients"));
        valued.addAll(REQUIRED_COLUMNS);
        valued.addAll(OTHER_COLUMNS);
        RecommendOptions wanted = wanted(Options.parse(arguments, valued, Set.of()));
        Figures figures = RecommendEvaluation.run(wanted, System.out);
        return Choice.finish(figures, RecommendEvaluation.holds(figures));
    }

    private static RecommendOptions wanted(Options options) {
        Optional<Columns> columns = columns(options);
        if (columns.isPresent() && options.text("cut").isEmpty()) {
            throw new UsageException("--cut is needed for a file of one's own: a day within it");
        }
        LocalDate cut = options.day("cut", RecommendOptions.USUAL_CUT);
        LocalDate tuningCut = options.day("tuning-cut", cut.minusMonths(1));
        List<Integer> halfLives =
                options.value(
                        "half-life",
                        EvaluateCommand::days,
                        "days such as 90d, or several to try such as 30d,90d",
                        RecommendOptions.USUAL_HALF_LIVES);
        int clients = options.number("clients", RecommendOptions.USUAL_CLIENTS);
        return Choice.checked(
                () ->
                        new RecommendOptions(
                                data(options), columns, cut, tuningCut, halfLives, clients));
    }

    private static Path data(Options options) {
        Path data =
                options.text("data")
                        .map(Path::of)
                        .orElse(Checkout.locate().root().resolve(RecountOptions.USUAL_DATA))
                        .normalize();
        if (!Files.isReadable(data)) {
            throw new UsageException("there is no file " + data + "; name one with --data");
        }
        return data;
    }

    private static Optional<Columns> columns(Options options) {
        boolean named =
                Stream.concat(REQUIRED_COLUMNS.stream(), OTHER_COLUMNS.stream())
                        .anyMatch(option -> options.text(option).isPresent());
        if (!named) {
            return Optional.empty();
        }
        return Optional.of(
                new Columns(
                        required(options, "user-column"),
                        required(options, "item-column"),
                        required(options, "time-column"),
                        options.text("order-column"),
                        options.text("type-column"),
                        options.text("quantity-column"),
                        options.text("price-column"),
                        options.text("title-column"),
                        options.value(
                                "time-format",
                                TimeFormat::of,
                                "a pattern such as \"M/d/yyyy H:mm\"",
                                TimeFormat.USUAL)));
    }

    private static String required(Options options, String column) {
        return options.text(column)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--%s is needed, too: where columns are named, --%s are"
                                                .formatted(
                                                        column,
                                                        String.join(", --", REQUIRED_COLUMNS))));
    }

    /** {@code 30d,90d} as numbers of days. */
    private static List<Integer> days(String text) {
        return Stream.of(text.split(",")).map(EvaluateCommand::dayCount).toList();
    }

    private static int dayCount(String text) {
        if (!text.matches("[1-9]\\d{0,3}d")) {
            throw new IllegalArgumentException(text);
        }
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }
}
