package dev.persona.profiling.cooccurrence;

import dev.persona.profiling.factorization.Interactions;

import java.util.Arrays;

/**
 * Who has what, without weights, by rows: the columns of row r stand from offsets[r] to before
 * offsets[r + 1], ascending.
 *
 * @param offsets rows + 1 long, ascending from 0
 * @param columns the column of each entry
 */
record Incidence(int[] offsets, int[] columns) {

    /**
     * The items by users.
     *
     * @param most number of items that a user keeps at most: those of the heaviest weight, in a tie
     *     those of the lowest index
     * @param check run once for each user
     */
    static Incidence of(Interactions interactions, int most, Runnable check) {
        int users = interactions.users().size();
        int kept = Math.min(most, interactions.items().size());
        TopItems heaviest = new TopItems(kept);
        int[] offsets = new int[users + 1];
        int[] columns = new int[interactions.entries()];
        for (int user = 0; user < users; user++) {
            check.run();
            int from = offsets[user];
            int[] items = interactions.itemsOf(user);
            int count = Math.min(items.length, kept);
            if (count < items.length) {
                float[] weights = interactions.weightsOf(user);
                for (int i = 0; i < items.length; i++) {
                    heaviest.offer(items[i], weights[i]);
                }
                heaviest.drain(items, weights, 0);
                Arrays.sort(items, 0, count);
            }
            System.arraycopy(items, 0, columns, from, count);
            offsets[user + 1] = from + count;
        }
        return new Incidence(offsets, Arrays.copyOf(columns, offsets[users]));
    }

    int rows() {
        return offsets.length - 1;
    }

    /** The number of entries of a row. */
    int count(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /**
     * The same entries by columns.
     *
     * @param width number of columns
     * @param check run once for each row
     */
    Incidence transposed(int width, Runnable check) {
        int[] starts = new int[width + 1];
        for (int column : columns) {
            starts[column + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = starts.clone();
        int[] rowOf = new int[columns.length];
        for (int row = 0; row < rows(); row++) {
            check.run();
            for (int entry = offsets[row]; entry < offsets[row + 1]; entry++) {
                rowOf[next[columns[entry]]++] = row;
            }
        }
        return new Incidence(starts, rowOf);
    }
}
