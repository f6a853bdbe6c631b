package dev.persona.profiling.segment;

import java.util.Arrays;

/**
 * Pairs of rows and columns, each in one pair at most, whose gains have the largest sum: Kuhn, The
 * Hungarian Method for the Assignment Problem, Naval Research Logistics Quarterly 2 (1955),
 * doi:10.1002/nav.3800020109, in the form that finds a shortest augmenting path for each row.
 */
final class MaximumAssignment {
    /** What stands for a row without a column. */
    static final int NONE = -1;

    private final long[][] gains;
    private final int rows;
    private final int columns;

    // Rows and columns count from 1; column 0 is where a row stands that looks for its column.
    private final long[] rowPrice;
    private final long[] columnPrice;
    private final int[] rowOf;

    private MaximumAssignment(long[][] gains, int columns) {
        this.gains = gains;
        this.rows = gains.length;
        // With as many columns of no gain as rows there is one for each.
        this.columns = columns + rows;
        this.rowPrice = new long[rows + 1];
        this.columnPrice = new long[this.columns + 1];
        this.rowOf = new int[this.columns + 1];
    }

    /**
     * The column of each row, or {@link #NONE}; never one with a gain of 0.
     *
     * @param gains {@code long[rows][columns]}, at least 0
     */
    static int[] of(long[][] gains, int columns) {
        MaximumAssignment assignment = new MaximumAssignment(gains, columns);
        for (int row = 1; row <= assignment.rows; row++) {
            assignment.place(row);
        }
        int[] columnOf = new int[gains.length];
        Arrays.fill(columnOf, NONE);
        for (int column = 1; column <= columns; column++) {
            int row = assignment.rowOf[column];
            if (row > 0 && gains[row - 1][column - 1] > 0) {
                columnOf[row - 1] = column - 1;
            }
        }
        return columnOf;
    }

    private long cost(int row, int column) {
        long gain = column <= gains[row - 1].length ? gains[row - 1][column - 1] : 0;
        return -gain - rowPrice[row] - columnPrice[column];
    }

    private void place(int row) {
        long[] least = new long[columns + 1];
        Arrays.fill(least, Long.MAX_VALUE);
        int[] before = new int[columns + 1];
        boolean[] reached = new boolean[columns + 1];
        rowOf[0] = row;
        int column = 0;
        while (rowOf[column] != 0) {
            reached[column] = true;
            int nearest = relax(column, least, before, reached);
            pay(least[nearest], least, reached);
            column = nearest;
        }
        while (column != 0) {
            rowOf[column] = rowOf[before[column]];
            column = before[column];
        }
    }

    /** Looks from the row of a column at the columns not reached; gives back the nearest. */
    private int relax(int from, long[] least, int[] before, boolean[] reached) {
        int nearest = 0;
        for (int column = 1; column <= columns; column++) {
            if (reached[column]) {
                continue;
            }
            long cost = cost(rowOf[from], column);
            if (cost < least[column]) {
                least[column] = cost;
                before[column] = from;
            }
            if (nearest == 0 || least[column] < least[nearest]) {
                nearest = column;
            }
        }
        return nearest;
    }

    private void pay(long price, long[] least, boolean[] reached) {
        for (int column = 0; column <= columns; column++) {
            if (reached[column]) {
                rowPrice[rowOf[column]] += price;
                columnPrice[column] -= price;
            } else {
                least[column] -= price;
            }
        }
    }
}
