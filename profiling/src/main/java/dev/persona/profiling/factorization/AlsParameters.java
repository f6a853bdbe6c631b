package dev.persona.profiling.factorization;

/**
 * How implicit-feedback ALS is run.
 *
 * @param factors length of a user's and an item's vector, 1 to 1024
 * @param iterations number of passes over all items and all users, 1 to 1000
 * @param regularization weight of the squared vectors in the objective, above 0
 * @param alpha how fast confidence grows with an interaction's weight, c = 1 + alpha * weight,
 *     above 0
 * @param seed of the vectors that the first iteration starts from
 * @param scaleRegularization whether the regularization of a user or an item is multiplied by the
 *     number of its entries: Zhou et al., Large-Scale Parallel Collaborative Filtering for the
 *     Netflix Prize, AAIM 2008, doi:10.1007/978-3-540-68880-8_32
 * @param steps of conjugate gradients that a row goes at most in each half of an iteration, 1 to
 *     100; fewer where they have taken it nearly all of the way. 0 solves each row exactly, by
 *     Cholesky
 */
public record AlsParameters(
        int factors,
        int iterations,
        double regularization,
        double alpha,
        long seed,
        boolean scaleRegularization,
        int steps) {
    /** At alpha 1 rows stop after three or so; the more, the larger alpha is. */
    public static final int USUAL_STEPS = 8;

    /** What is used where nothing else is said. */
    public static final AlsParameters DEFAULT =
            new AlsParameters(64, 10, 0.05, 1.0, 1, false, USUAL_STEPS);

    /** Each row exactly, with the same regularization for all. */
    public AlsParameters(
            int factors, int iterations, double regularization, double alpha, long seed) {
        this(factors, iterations, regularization, alpha, seed, false, 0);
    }

    /**
     * @throws IllegalArgumentException that names the parameter, its bounds and what it was
     */
    public AlsParameters {
        requireWithin("factors", factors, 1024);
        requireWithin("iterations", iterations, 1000);
        requireAboveZero("regularization", regularization);
        requireAboveZero("alpha", alpha);
        if (steps < 0 || steps > 100) {
            throw new IllegalArgumentException("[steps] must be between 0 and 100, was " + steps);
        }
    }

    /** What the diagonal of every row's matrix has of the regularization. */
    double sharedRegularization() {
        return scaleRegularization ? 0 : regularization;
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be between 1 and " + most + ", was " + value);
        }
    }

    /** As a float, which is what the solver counts in. */
    private static void requireAboveZero(String name, double value) {
        if (!((float) value > 0) || Float.isInfinite((float) value)) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] must be between "
                            + Float.MIN_VALUE
                            + " and "
                            + Float.MAX_VALUE
                            + ", was "
                            + value);
        }
    }
}
