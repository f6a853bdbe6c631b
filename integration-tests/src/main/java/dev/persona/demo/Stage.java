package dev.persona.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.display.FiguresTable;
import dev.persona.demo.display.SideBySide;
import dev.persona.demo.measure.OrderComparison;
import dev.persona.demo.node.EventSender;
import dev.persona.demo.node.Hit;
import dev.persona.demo.node.Persona;
import dev.persona.demo.node.ProductDocument;
import dev.persona.demo.node.ProductSearch;
import dev.persona.demo.node.ShopIndex;
import dev.persona.demo.progress.Progress;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the two demos share: a node to play on, the steps they have in common, the output. */
final class Stage {

    /** Candidates that are re-ordered and measured. */
    static final int WINDOW = 200;

    /** The orders that are compared, by their names among the figures. */
    static final String FIRST_PASS = "first_pass";

    static final String POPULARITY = "popularity";
    static final String PERSONALIZED = "personalized";

    private static final int ROWS = 10;
    private static final int SHOWN_AFFINITIES = 3;

    private final ElasticsearchClient client;
    private final DemoOptions options;
    private final PrintStream out;
    private final Progress progress;
    private final Instant now;
    private final Persona persona;
    private final ShopIndex index;
    private final long started = System.nanoTime();

    Stage(
            ElasticsearchClient client,
            DemoOptions options,
            PrintStream out,
            Progress progress,
            Instant now) {
        this.client = client;
        this.options = options;
        this.out = out;
        this.progress = progress;
        this.now = now;
        this.persona = new Persona(client, options.index());
        this.index = new ShopIndex(client, options.index());
    }

    DemoOptions options() {
        return options;
    }

    Progress progress() {
        return progress;
    }

    /** The end of the last day of the demo's time. */
    Instant now() {
        return now;
    }

    EventSender sender() {
        return new EventSender(client, options.index());
    }

    ProductSearch search(List<String> fields) {
        return new ProductSearch(client, options.index(), fields);
    }

    void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }

    void title(String text) {
        out.println();
        out.println(text);
    }

    void lines(List<String> lines) {
        lines.forEach(line -> out.println("  " + line));
    }

    /** Says what the node runs. */
    void introduce() {
        say("%s", persona.version(options.node()));
    }

    /** Makes the index anew, registers it and fills it. */
    void openShop(List<String> attributes, ObjectNode catalog, List<ProductDocument> products) {
        try (Progress.Step step = progress.step("indexing", products.size(), "products")) {
            index.deleteEarlier();
            index.create(options.shards(), attributes, catalog);
            index.index(products, count -> step.advance(count));
            step.finish(
                    String.format(
                            Locale.ROOT,
                            "%,d products into [%s], registered as a catalog,",
                            products.size(),
                            options.index()));
        }
    }

    /** Waits for the profiles, then trains factors and ranker. */
    void learn(long events) {
        persona.awaitProfiles(events, progress);
        persona.trainFactors(options.seed(), progress);
        persona.trainRanker(options.seed(), progress);
        index.refresh();
    }

    /**
     * Shows one query for one user, without and with personalization.
     *
     * @param label the attribute shown beside the title
     */
    void compare(ProductSearch search, String query, String user, String label) {
        ObjectNode plain = search.plain(query, WINDOW).put("_source", true);
        ObjectNode personalized =
                search.personalized(query, WINDOW, user, WINDOW)
                        .put("_source", true)
                        .put("explain", true);
        List<List<Hit>> answers = search.all(List.of(plain, personalized));
        lines(new SideBySide(label).lines(answers.get(0), answers.get(1), ROWS));
    }

    /** What Persona has learned of a user, in one line. */
    String learned(String user) {
        JsonNode profile = persona.profile(user).path("profile");
        List<String> parts = new ArrayList<>();
        profile.path("affinities")
                .properties()
                .forEach(one -> parts.add(one.getKey() + " " + strongest(one.getValue())));
        JsonNode price = profile.path("price").path("mean");
        if (price.isNumber()) {
            parts.add(String.format(Locale.ROOT, "price around %.0f", price.asDouble()));
        }
        return String.join("; ", parts);
    }

    private static String strongest(JsonNode affinities) {
        List<String> names =
                affinities.properties().stream()
                        .sorted(
                                Map.Entry.<String, JsonNode>comparingByValue(
                                                (a, b) ->
                                                        Double.compare(a.asDouble(), b.asDouble()))
                                        .reversed())
                        .limit(SHOWN_AFFINITIES)
                        .map(Map.Entry::getKey)
                        .toList();
        return String.join(", ", names);
    }

    /** Prints the table of figures. */
    void figures(OrderComparison comparison, Map<String, String> names) {
        lines(FiguresTable.lines(comparison, names, PERSONALIZED));
    }

    /** The last line: the figures that are promised, for a comparison of all three orders. */
    ObjectNode line(OrderComparison comparison, long events) {
        ObjectNode line = ElasticsearchClient.JSON.createObjectNode().put("name", "demo");
        ObjectNode figures = line.putObject("figures");
        figures.put("ratio_to_first_pass", ratio(comparison, FIRST_PASS));
        figures.put("ratio_to_popularity", ratio(comparison, POPULARITY));
        ObjectNode ndcg = figures.putObject("ndcg_10");
        comparison.orders().forEach(order -> ndcg.put(order, rounded(comparison.mean(order))));
        figures.put("sessions", comparison.sessions());
        figures.put("sessions_without_relevant", comparison.withoutRelevant());
        figures.put("events", events);
        figures.put("seed", options.seed());
        figures.put("seconds", Math.round((System.nanoTime() - started) / 1e9));
        return line;
    }

    private static double ratio(OrderComparison comparison, String below) {
        return rounded(comparison.ratio(PERSONALIZED, below));
    }

    static double rounded(double figure) {
        return Math.rint(figure * 10_000) / 10_000;
    }
}
