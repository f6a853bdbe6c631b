package dev.persona.demo.display;

import dev.persona.demo.display.TextTable.Column;
import dev.persona.demo.measure.Bootstrap.Interval;
import dev.persona.demo.measure.OrderComparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** NDCG@10 of each order with its interval, and the personalised order's ratio to it. */
public final class FiguresTable {

    private FiguresTable() {}

    /**
     * The lines of the table.
     *
     * @param names what to call each order; an order without a name keeps its own
     * @param subject the order that the ratios are of
     */
    public static List<String> lines(
            OrderComparison comparison, Map<String, String> names, String subject) {
        TextTable table =
                new TextTable(
                        List.of(
                                Column.text("order", 34),
                                Column.number("NDCG@10", 8),
                                Column.number("95% interval", 17),
                                Column.number(names.getOrDefault(subject, subject) + " is", 15),
                                Column.number("95% interval", 17)));
        for (String order : comparison.orders()) {
            boolean itself = order.equals(subject);
            table.row(
                    names.getOrDefault(order, order),
                    String.format(Locale.ROOT, "%.4f", comparison.mean(order)),
                    interval(comparison.interval(order), "%.4f to %.4f"),
                    itself
                            ? ""
                            : String.format(
                                    Locale.ROOT, "%.2f x", comparison.ratio(subject, order)),
                    itself
                            ? ""
                            : interval(comparison.ratioInterval(subject, order), "%.2f to %.2f"));
        }
        return table.lines();
    }

    private static String interval(Interval interval, String format) {
        return String.format(Locale.ROOT, format, interval.low(), interval.high());
    }
}
