package dev.persona.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.demo.measure.OrderComparison;
import dev.persona.demo.measure.Popularity;
import dev.persona.demo.node.ProductSearch;
import dev.persona.demo.node.Window;
import dev.persona.demo.node.WindowSearch;
import dev.persona.demo.progress.Progress;
import dev.persona.demo.retail.RetailSplit;
import dev.persona.demo.retail.RetailSplit.HeldOut;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Measures on invoices after the cut: relevant are the candidates that the customer bought from the
 * cut on, whatever invoice the query was made of. What had been bought before is easy to foretell,
 * so it is also measured without.
 */
final class RetailMeasure {

    private static final String OWN_PURCHASES = "own_purchases";

    /** More than any popularity: one purchase of the user's own outweighs all of the others'. */
    private static final double OWN = 1e9;

    private static final Map<String, String> NAMES =
            Map.of(
                    Stage.FIRST_PASS,
                    "first pass (text only)",
                    Stage.POPULARITY,
                    "popularity",
                    OWN_PURCHASES,
                    "own purchases, then popularity",
                    Stage.PERSONALIZED,
                    "personalised");

    private final Stage stage;
    private final RetailSplit split;

    RetailMeasure(Stage stage, RetailSplit split) {
        this.stage = stage;
        this.split = split;
    }

    /** Prints both tables and returns the figures. */
    JsonNode run(List<HeldOut> heldOut, ProductSearch search, Popularity popularity, long events) {
        List<Window> windows = windows(heldOut, search);
        OrderComparison all = comparison();
        OrderComparison onlyNew = comparison();
        for (int i = 0; i < windows.size(); i++) {
            String customer = heldOut.get(i).customer();
            Map<String, Integer> before = split.boughtBefore(customer);
            Set<String> later = split.boughtLater(customer);
            Window window = windows.get(i);
            Map<String, double[]> keys =
                    Map.of(
                            Stage.FIRST_PASS,
                            new double[window.ids().size()],
                            Stage.POPULARITY,
                            keys(window, popularity::of),
                            OWN_PURCHASES,
                            keys(
                                    window,
                                    id -> OWN * before.getOrDefault(id, 0) + popularity.of(id)),
                            Stage.PERSONALIZED,
                            window.personalized());
            all.add(grades(window, later::contains), keys);
            onlyNew.add(grades(window, id -> later.contains(id) && !before.containsKey(id)), keys);
        }
        stage.title(
                String.format(
                        Locale.ROOT,
                        "%,d made queries of invoices from %s on; relevant is what that customer"
                                + " bought from then on",
                        all.sessions(),
                        stage.options().cut()));
        stage.figures(all, NAMES);
        stage.title(
                String.format(
                        Locale.ROOT,
                        "the same, only items that the customer had not bought before"
                                + " (%,d queries have any)",
                        onlyNew.sessions()));
        stage.figures(onlyNew, NAMES);
        ObjectNode line = stage.line(all, events);
        ObjectNode ndcgOfNew = line.withObject("/figures").putObject("ndcg_10_new_items");
        onlyNew.orders().forEach(order -> ndcgOfNew.put(order, Stage.rounded(onlyNew.mean(order))));
        return line;
    }

    private List<Window> windows(List<HeldOut> heldOut, ProductSearch search) {
        try (Progress.Step step =
                stage.progress().step("measuring", heldOut.size(), "held-out searches")) {
            List<WindowSearch.HeldOut> searches =
                    heldOut.stream()
                            .map(h -> new WindowSearch.HeldOut(h.customer(), h.query()))
                            .toList();
            List<Window> windows = new WindowSearch(search, Stage.WINDOW).of(searches, step);
            step.finish(String.format(Locale.ROOT, "%,d held-out searches", windows.size()));
            return windows;
        }
    }

    private OrderComparison comparison() {
        return new OrderComparison(
                List.of(Stage.FIRST_PASS, Stage.POPULARITY, OWN_PURCHASES, Stage.PERSONALIZED),
                stage.options().seed());
    }

    private static double[] keys(Window window, ToDoubleFunction<String> key) {
        return window.ids().stream().mapToDouble(key).toArray();
    }

    private static int[] grades(Window window, Predicate<String> relevant) {
        return window.ids().stream().mapToInt(id -> relevant.test(id) ? 1 : 0).toArray();
    }
}
