package dev.persona.profiling.factorization;

/**
 * Told after each iteration how far the factorization is; called by the thread that asked for it.
 */
@FunctionalInterface
public interface IterationListener {
    /** Hears nothing. */
    IterationListener NONE = (iteration, loss) -> {};

    /**
     * @param iteration the iteration that has ended, from 1
     * @param loss the objective after it, see {@link AlternatingLeastSquares}
     */
    void iterationEnded(int iteration, double loss);
}
