package dev.persona.profiling.factorization;

import java.util.Optional;

/**
 * The few loops over floats that conjugate gradients spend their time in. All implementations give
 * the same but for rounding; one gives the same bits for the same numbers each time.
 */
sealed interface FloatKernel permits PlainKernel, SimdKernel {

    /** The fastest that this virtual machine can run: the Vector API where it is there. */
    static FloatKernel fastest() {
        Optional<Module> vectors = ModuleLayer.boot().findModule("jdk.incubator.vector");
        // Not required by module-info: whoever compiles against this module would be warned of it.
        if (vectors.isEmpty()) {
            return new PlainKernel();
        }
        FloatKernel.class.getModule().addReads(vectors.get());
        return new SimdKernel();
    }

    /** The sum of a[i] b[i] over the first n. */
    float dot(float[] a, float[] b, int n);

    /** Adds s x to y. */
    void addScaled(float s, float[] x, float[] y, int n);

    /** Makes y to x + s y. */
    void scaleAndAdd(float s, float[] y, float[] x, int n);

    /**
     * Sets out to M x.
     *
     * @param symmetric M, n * n
     */
    void times(float[] symmetric, float[] x, float[] out, int n);

    /**
     * Adds the sum of a (v . x) v over the columns v of some entries, where a = alpha * weight.
     *
     * @param entries whose columns they are
     * @param x n long
     * @param out n long, added to
     */
    void addProjections(Entries entries, float[] x, float[] out, int n);

    /**
     * The same, and also adds the sum of c v, where c = 1 + a is the confidence.
     *
     * @param combined n long, added to
     * @return the sum of the confidences
     */
    double addProjectionsAndColumns(
            Entries entries, float[] x, float[] out, float[] combined, int n);

    /** The entries of one row, which may be replaced by those of the next. */
    final class Entries {
        /** Vectors of all columns, columns * n. */
        final float[] vectors;

        final float alpha;
        int[] columns;
        float[] weights;
        int from;
        int to;

        Entries(float[] vectors, float alpha) {
            this.vectors = vectors;
            this.alpha = alpha;
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

        /** How much its confidence is above 1. */
        float above(int entry) {
            return alpha * weights[entry];
        }

        /** Without weight there is no preference either: the entry is as good as not there. */
        static float confidence(float above) {
            return above > 0 ? 1 + above : 0;
        }
    }
}
