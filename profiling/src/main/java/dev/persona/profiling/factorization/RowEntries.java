package dev.persona.profiling.factorization;

/** The entries of one row, which may be replaced by those of the next. */
final class RowEntries {
    /** Vectors of all columns, columns * factors. */
    final float[] vectors;

    private final float alpha;
    int[] columns;
    int from;
    int to;
    private float[] weights;

    RowEntries(float[] vectors, double alpha) {
        this.vectors = vectors;
        this.alpha = (float) alpha;
    }

    /** Goes on to a row. */
    void of(SparseRows rows, int row) {
        columns = rows.columns();
        weights = rows.values();
        from = rows.offsets()[row];
        to = rows.offsets()[row + 1];
    }

    /** How many have a weight. */
    int count() {
        int count = 0;
        for (int entry = from; entry < to; entry++) {
            count += above(entry) > 0 ? 1 : 0;
        }
        return count;
    }

    /** How much the confidence of an entry is above 1. */
    float above(int entry) {
        return alpha * weights[entry];
    }

    /** Without weight there is no preference either: the entry is as good as not there. */
    static float confidence(float above) {
        return above > 0 ? 1 + above : 0;
    }
}
