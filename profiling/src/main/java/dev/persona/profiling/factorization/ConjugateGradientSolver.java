package dev.persona.profiling.factorization;

import java.util.Arrays;

/**
 * Goes a few steps of conjugate gradients from a row's vector as it is towards the exact one:
 * Takács, Pilászy and Tikk, Applications of the Conjugate Gradient Method for Implicit Feedback
 * Collaborative Filtering, RecSys 2011, doi:10.1145/2043932.2043987.
 *
 * <p>The matrix is never made. It is applied to a vector by way of the row's columns, which takes 4
 * * entries * factors operations where making it takes entries * factors^2.
 */
final class ConjugateGradientSolver implements RowSolver {
    /** A residual so much smaller than the right side is as small as single precision has it. */
    private static final float EXACT = 1e-6f;

    /** Nor does one so much smaller show in the vector. */
    private static final float NEARLY_EXACT = 1e-5f;

    /** Steps, for a row that is to be exact: it ends before when it is. */
    static final int TO_THE_END = 100;

    private final FloatKernel kernel;
    private final int f;
    private final float regularization;
    private final boolean scaled;
    private final int steps;
    private final float[] base;
    private final FloatKernel.Entries entries;
    private final float[] right;
    private final float[] x;
    private final float[] residual;
    private final float[] direction;
    private final float[] image;
    private boolean exact;

    /**
     * @param parameters how to count
     * @param steps at most; fewer where the vector is exact before
     * @param fixed vectors of the columns, columns * factors
     * @param base their Gram matrix, with the regularization on its diagonal where that is the same
     *     for all rows; only read
     */
    ConjugateGradientSolver(
            FloatKernel kernel, AlsParameters parameters, int steps, float[] fixed, float[] base) {
        this.kernel = kernel;
        this.f = parameters.factors();
        this.regularization = (float) parameters.regularization();
        this.scaled = parameters.scaleRegularization();
        this.steps = steps;
        this.base = base;
        this.entries = new FloatKernel.Entries(fixed, (float) parameters.alpha());
        this.right = new float[f];
        this.x = new float[f];
        this.residual = new float[f];
        this.direction = new float[f];
        this.image = new float[f];
    }

    @Override
    public double solve(SparseRows rows, int row, float[] vectors) {
        entries.of(rows, row);
        System.arraycopy(vectors, row * f, x, 0, f);
        double confidences = begin();
        descend();
        System.arraycopy(x, 0, vectors, row * f, f);
        // With r = b - A x, x'A x - 2 b'x is - x'(b + r).
        double objective = confidences - kernel.dot(x, right, f) - kernel.dot(x, residual, f);
        if (!Double.isFinite(objective)) {
            throw RowSolver.tooNarrow();
        }
        return objective;
    }

    /** Sets right side, and residual of x; gives the sum of the entries' confidences. */
    private double begin() {
        Arrays.fill(right, 0f);
        kernel.times(base, x, image, f);
        double confidences = kernel.addProjectionsAndColumns(entries, x, image, right, f);
        addScaledRegularization(x);
        System.arraycopy(right, 0, residual, 0, f);
        kernel.addScaled(-1f, image, residual, f);
        return confidences;
    }

    private void descend() {
        System.arraycopy(residual, 0, direction, 0, f);
        float squared = kernel.dot(residual, residual, f);
        float target = kernel.dot(right, right, f);
        float enough = EXACT * EXACT * target;
        for (int step = 0; step < steps && squared > enough; step++) {
            kernel.times(base, direction, image, f);
            kernel.addProjections(entries, direction, image, f);
            addScaledRegularization(direction);
            float length = squared / kernel.dot(direction, image, f);
            kernel.addScaled(length, direction, x, f);
            kernel.addScaled(-length, image, residual, f);
            float before = squared;
            squared = kernel.dot(residual, residual, f);
            kernel.scaleAndAdd(squared / before, direction, residual, f);
        }
        exact = squared <= NEARLY_EXACT * NEARLY_EXACT * target;
    }

    /** Whether the vector that was solved for last is as exact as single precision allows. */
    boolean isExact() {
        return exact;
    }

    private void addScaledRegularization(float[] vector) {
        if (scaled) {
            kernel.addScaled(regularization * entries.count(), vector, image, f);
        }
    }
}
