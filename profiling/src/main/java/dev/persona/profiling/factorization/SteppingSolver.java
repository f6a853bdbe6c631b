package dev.persona.profiling.factorization;

import java.util.function.Supplier;

/**
 * By conjugate gradients where they get there in single precision, by Cholesky where they do not.
 */
final class SteppingSolver implements RowSolver {
    private final ConjugateGradientSolver steps;
    private final Supplier<CholeskySolver> exact;
    private final boolean mustBeExact;

    /**
     * @param exact makes what solves a row that the steps cannot
     * @param mustBeExact whether to go on where the steps have ended before the vector was exact
     */
    SteppingSolver(
            ConjugateGradientSolver steps, Supplier<CholeskySolver> exact, boolean mustBeExact) {
        this.steps = steps;
        this.exact = exact;
        this.mustBeExact = mustBeExact;
    }

    @Override
    public double solve(SparseRows rows, int row, float[] vectors) {
        double objective = steps.solve(rows, row, vectors);
        boolean done = mustBeExact ? steps.isExact() : steps.isFinite();
        // Such rows are few, and not worth to keep its arrays for.
        return done ? objective : exact.get().solve(rows, row, vectors);
    }
}
