package dev.persona.profiling.factorization;

import java.util.Arrays;

/**
 * A sparse matrix by rows (CSR): the entries of row r stand at offsets[r] to offsets[r + 1] - 1,
 * with ascending columns.
 *
 * @param offsets rows + 1 long, ascending from 0
 * @param columns the column of each entry
 * @param values the value of each entry
 */
record SparseRows(int[] offsets, int[] columns, float[] values) {

    int rows() {
        return offsets.length - 1;
    }

    int entries() {
        return columns.length;
    }

    /**
     * The same entries by columns.
     *
     * @param width number of columns of this matrix
     */
    SparseRows transposed(int width) {
        int[] starts = new int[width + 1];
        for (int column : columns) {
            starts[column + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = starts.clone();
        int[] rowOf = new int[columns.length];
        float[] valueOf = new float[columns.length];
        for (int row = 0; row < rows(); row++) {
            for (int entry = offsets[row]; entry < offsets[row + 1]; entry++) {
                int to = next[columns[entry]]++;
                rowOf[to] = row;
                valueOf[to] = values[entry];
            }
        }
        return new SparseRows(starts, rowOf, valueOf);
    }
}
