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
    void addProjections(RowEntries entries, float[] x, float[] out, int n);

    /**
     * The same, and also adds the sum of c v, where c = 1 + a is the confidence.
     *
     * @param combined n long, added to
     * @return the sum of the confidences
     */
    double addProjectionsAndColumns(
            RowEntries entries, float[] x, float[] out, float[] combined, int n);
}
