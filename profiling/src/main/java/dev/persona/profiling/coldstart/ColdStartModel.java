package dev.persona.profiling.coldstart;

import dev.persona.profiling.factorization.IdIndex;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A vector for any item that is described: the intercept and the weights of its terms, added up.
 * Immutable and thread-safe.
 */
public final class ColdStartModel {
    private final IdIndex terms;
    private final int factors;
    private final float[] weights;
    private final double regularization;
    private final HeldOutErrors heldOut;

    /**
     * @param terms each once
     * @param factors length of a vector
     * @param weights (terms + 1) * factors, row-major, the last row the intercept; not copied, and
     *     not to be changed from here on
     * @param regularization the one that was chosen
     * @param heldOut what speaks for it
     * @throws IllegalArgumentException for a shape that does not fit, a term that stands twice or a
     *     weight that is not finite
     */
    public ColdStartModel(
            List<String> terms,
            int factors,
            float[] weights,
            double regularization,
            HeldOutErrors heldOut) {
        this(IdIndex.of(terms), factors, weights, regularization, heldOut);
    }

    ColdStartModel(
            IdIndex terms,
            int factors,
            float[] weights,
            double regularization,
            HeldOutErrors heldOut) {
        if (factors < 1 || weights.length != (terms.size() + 1L) * factors) {
            throw new IllegalArgumentException(
                    "the weights of "
                            + terms.size()
                            + " terms and the intercept with "
                            + factors
                            + " factors must be "
                            + (terms.size() + 1L) * factors
                            + " floats, were "
                            + weights.length);
        }
        for (int i = 0; i < weights.length; i++) {
            if (!Float.isFinite(weights[i])) {
                throw new IllegalArgumentException(
                        "weights must be finite, was " + weights[i] + " at " + i);
            }
        }
        this.terms = terms;
        this.factors = factors;
        this.weights = weights;
        this.regularization = regularization;
        this.heldOut = Objects.requireNonNull(heldOut, "heldOut");
    }

    /**
     * The vector that an item with this description would have, as far as one can tell.
     *
     * @return factors long; the intercept where no term of the item is known
     */
    public float[] vector(ItemDescription item) {
        int intercept = terms.size() * factors;
        float[] vector = Arrays.copyOfRange(weights, intercept, intercept + factors);
        for (String term : item.terms()) {
            int index = terms.indexOf(term);
            if (index != IdIndex.ABSENT) {
                int from = index * factors;
                for (int i = 0; i < factors; i++) {
                    vector[i] += weights[from + i];
                }
            }
        }
        return vector;
    }

    /** The terms in the order of their weights. */
    public List<String> terms() {
        return terms.ids();
    }

    /** Length of a vector. */
    public int factors() {
        return factors;
    }

    /**
     * The weights of all terms, then the intercept, (terms + 1) * factors, row-major: no copy, to
     * be read only.
     */
    public float[] weights() {
        return weights;
    }

    /** The regularization that was chosen on held-out items. */
    public double regularization() {
        return regularization;
    }

    /** How good it was on held-out items; the weights then learned from all. */
    public HeldOutErrors heldOut() {
        return heldOut;
    }
}
