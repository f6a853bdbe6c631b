package dev.persona.profiling.coldstart;

/**
 * How far three guesses are from the vectors of items that were held out: the mean squared
 * distance, in which items of many users count more.
 *
 * <p>They flatter a little: the items were held out from the regression, but not from the
 * factorization that their vectors are from.
 *
 * @param items number of items that were held out
 * @param regression error of the vectors that the regression gives them
 * @param standardError of that error: how much chance there is in which items were held out
 * @param mean error of the mean vector of the other items, for all of them
 * @param zero error of the zero vector, which recommends nothing
 */
public record HeldOutErrors(
        int items, double regression, double standardError, double mean, double zero) {

    /**
     * @throws IllegalArgumentException if there was no item or an error is no finite number of at
     *     least 0
     */
    public HeldOutErrors {
        if (items < 1) {
            throw new IllegalArgumentException("[items] must be at least 1, was " + items);
        }
        requireError("regression", regression);
        requireError("standardError", standardError);
        requireError("mean", mean);
        requireError("zero", zero);
    }

    private static void requireError(String name, double error) {
        if (!(error >= 0) || !Double.isFinite(error)) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be finite and at least 0, was " + error);
        }
    }

    /**
     * The part of what the mean leaves unexplained that the regression explains: 1 is all, 0
     * nothing, below 0 is worse than the mean. As R squared, but on items not learned from.
     */
    public double explained() {
        return mean == 0 ? 0 : 1 - regression / mean;
    }
}
