package dev.persona.evaluate.recommend;

import dev.persona.demo.display.TextTable;
import dev.persona.demo.display.TextTable.Column;
import dev.persona.demo.measure.Bootstrap.Interval;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.recommend.FactorGrid.Point;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables that {@code evaluate recommend} prints for people. */
final class RecommendTables {

    private RecommendTables() {}

    /** Each choice of parameters with what it gave; the chosen one is marked. */
    static List<String> grid(List<Point> points, Point chosen) {
        TextTable table =
                new TextTable(
                        List.of(
                                Column.text("", 1),
                                Column.number("alpha", 5),
                                Column.number("regularization", 14),
                                Column.number("half-life", 9),
                                Column.number("Recall@20", 10),
                                Column.number("NDCG@10", 8),
                                Column.number("new: Recall@20", 15),
                                Column.number("NDCG@10", 8),
                                Column.number("NDCG sum", 9)));
        for (Point point : points) {
            FactorChoice choice = point.choice();
            Quality all = point.quality().get(Candidates.ALL);
            Quality onlyNew = point.quality().get(Candidates.NEW);
            table.row(
                    point == chosen ? "*" : "",
                    number("%.0f", choice.alpha()),
                    number("%.0f", choice.regularization()),
                    choice.halfLife(),
                    number("%.4f", all.recall()),
                    number("%.4f", all.ndcg()),
                    number("%.4f", onlyNew.recall()),
                    number("%.4f", onlyNew.ndcg()),
                    number("%.4f", point.sum()));
        }
        return table.lines();
    }

    /**
     * What each recommender gave among some candidates.
     *
     * @param qualities by what the recommender is called
     */
    static List<String> qualities(
            Map<String, Map<Candidates, Quality>> qualities, Candidates candidates) {
        TextTable table =
                new TextTable(
                        List.of(
                                Column.text("recommended by", 26),
                                Column.number("Recall@20", 10),
                                Column.number("NDCG@10", 8),
                                Column.number("MRR", 8),
                                Column.number("coverage", 9),
                                Column.number("novelty", 8)));
        qualities.forEach(
                (name, both) -> {
                    Quality quality = both.get(candidates);
                    table.row(
                            name,
                            number("%.4f", quality.recall()),
                            number("%.4f", quality.ndcg()),
                            number("%.4f", quality.mrr()),
                            number("%.1f%%", 100 * quality.coverage()),
                            number("%.2f", quality.novelty()));
                });
        return table.lines();
    }

    /** What Persona should reach and what it did. */
    static List<String> targets(Map<Candidates, Quality> persona) {
        TextTable table =
                new TextTable(
                        List.of(
                                Column.text("Persona", 26),
                                Column.number("found", 7),
                                Column.number("95% interval", 17),
                                Column.number("target", 7),
                                Column.text("", 8)));
        for (Target target : Target.ALL) {
            Interval interval = target.interval(persona);
            table.row(
                    target.name(),
                    number("%.4f", target.found(persona)),
                    String.format(Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high()),
                    number("%.3f", target.least()),
                    target.isReached(persona) ? "reached" : "MISSED");
        }
        return table.lines();
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
