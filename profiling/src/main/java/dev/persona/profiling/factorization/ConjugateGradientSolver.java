package dev.persona.profiling.factorization;

import java.util.Arrays;

/**
 * Goes a few steps of conjugate gradients from a row's vector as it is towards the exact one:
 * Takács, Pilászy and Tikk, Applications of the Conjugate Gradient Method for Implicit Feedback
 * Collaborative Filtering, RecSys 2011, doi:10.1145/2043932.2043987.
 *
 * <p>The matrix is never made. It is applied to a vector by way of the row's columns, which takes 4
 * * entries * factors operations where making it takes entries * factors^2.
 *
 * <p>Single precision may be too narrow to get there: see {@link #isFinite} and {@link #isExact}.
 */
final class ConjugateGradientSolver implements RowSolver {
    /** Steps, for a row that is to be exact: it ends before when it is. */
    static final int TO_THE_END = 100;

    /** A residual so much smaller than the right side is as small as single precision has it. */
    private static final float EXACT = 1e-6f;

    /** So much may be left of it by rounding. */
    private static final float NEARLY_EXACT = 1e-5f;

    private final FloatKernel kernel;
    private final int f;
    private final float regularization;
    private final boolean scaled;
    private final int steps;
    private final float enough;
    private final float[] base;
    private final RowEntries entries;
    private final float[] right;
    private final float[] x;
    private final float[] residual;
    private final float[] direction;
    private final float[] image;
    private float ofRow;
    private boolean finite;
    private boolean exact;

    /**
     * @param parameters how to count
     * @param steps at most
     * @param enough the part of its first residual that is left where a row may stop; 0 goes on
     *     until the vector is exact
     * @param fixed vectors of the columns, columns * factors
     * @param base their Gram matrix, with the regularization on its diagonal where that is the same
     *     for all rows; only read
     */
    ConjugateGradientSolver(
            FloatKernel kernel,
            AlsParameters parameters,
            int steps,
            float enough,
            float[] fixed,
            float[] base) {
        this.kernel = kernel;
        this.f = parameters.factors();
        this.regularization = (float) parameters.regularization();
        this.scaled = parameters.scaleRegularization();
        this.steps = steps;
        this.enough = enough;
        this.base = base;
        this.entries = new RowEntries(fixed, parameters.alpha());
        this.right = new float[f];
        this.x = new float[f];
        this.residual = new float[f];
        this.direction = new float[f];
        this.image = new float[f];
    }

    /** {@inheritDoc} Leaves the vector as it was where single precision is too narrow. */
    @Override
    public double solve(SparseRows rows, int row, float[] vectors) {
        entries.of(rows, row);
        ofRow = scaled ? regularization * entries.count() : 0;
        System.arraycopy(vectors, row * f, x, 0, f);
        double confidences = begin();
        descend();
        // With r = b - A x, x'A x - 2 b'x is - x'(b + r).
        double product = 0;
        for (int i = 0; i < f; i++) {
            product += (double) x[i] * ((double) right[i] + residual[i]);
        }
        double objective = confidences - product;
        finite &= Double.isFinite(objective);
        if (finite) {
            System.arraycopy(x, 0, vectors, row * f, f);
        }
        return objective;
    }

    /** Whether single precision was wide enough for the row that was solved last. */
    boolean isFinite() {
        return finite;
    }

    /** Whether its vector is as exact as single precision allows. */
    boolean isExact() {
        return finite && exact;
    }

    /** Sets right side, and residual of x; gives the sum of the entries' confidences. */
    private double begin() {
        Arrays.fill(right, 0f);
        kernel.times(base, x, image, f);
        double confidences = kernel.addProjectionsAndColumns(entries, x, image, right, f);
        kernel.addScaled(ofRow, x, image, f);
        System.arraycopy(right, 0, residual, 0, f);
        kernel.addScaled(-1f, image, residual, f);
        return confidences;
    }

    private void descend() {
        System.arraycopy(residual, 0, direction, 0, f);
        float target = kernel.dot(right, right, f);
        float squared = kernel.dot(residual, residual, f);
        float least = Math.max(enough * enough * squared, EXACT * EXACT * target);
        finite = Float.isFinite(target) && Float.isFinite(squared);
        if (target == 0) {
            // Nothing pulls anywhere: the answer is 0, which steps would come to ever more slowly.
            Arrays.fill(x, 0f);
            Arrays.fill(residual, 0f);
            squared = 0;
        }
        for (int step = 0; finite && step < steps && squared > least; step++) {
            kernel.times(base, direction, image, f);
            kernel.addProjections(entries, direction, image, f);
            kernel.addScaled(ofRow, direction, image, f);
            float curvature = kernel.dot(direction, image, f);
            finite = curvature > 0 && Float.isFinite(curvature);
            float length = squared / curvature;
            kernel.addScaled(length, direction, x, f);
            kernel.addScaled(-length, image, residual, f);
            float before = squared;
            squared = kernel.dot(residual, residual, f);
            kernel.scaleAndAdd(squared / before, direction, residual, f);
        }
        exact = squared <= NEARLY_EXACT * NEARLY_EXACT * target;
    }
}
