package dev.persona.demo.display;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of fixed column widths: what does not fit is cut and ends in an ellipsis, so that no line
 * is ever wider than the columns and the gaps between them.
 */
public final class TextTable {

    private static final String GAP = " ";

    /**
     * A column.
     *
     * @param title printed above
     * @param width in characters
     * @param right whether cells stand on the right, as numbers do
     */
    public record Column(String title, int width, boolean right) {

        /** A column whose cells stand on the left. */
        public static Column text(String title, int width) {
            return new Column(title, width, false);
        }

        /** A column whose cells stand on the right. */
        public static Column number(String title, int width) {
            return new Column(title, width, true);
        }
    }

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param columns from left to right
     */
    public TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     */
    public void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "needs " + columns.size() + " cells, had " + cells.length);
        }
        rows.add(List.of(cells));
    }

    /** The lines of the table, titles first, without line ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList()));
        lines.add("-".repeat(width()));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    /** Characters of the widest line. */
    public int width() {
        int gaps = GAP.length() * (columns.size() - 1);
        return gaps + columns.stream().mapToInt(Column::width).sum();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < cells.size(); c++) {
            Column column = columns.get(c);
            String cell = cut(cells.get(c), column.width());
            String padding = " ".repeat(column.width() - cell.length());
            line.append(c == 0 ? "" : GAP);
            line.append(column.right() ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
