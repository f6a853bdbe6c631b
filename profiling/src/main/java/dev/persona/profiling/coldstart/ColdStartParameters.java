package dev.persona.profiling.coldstart;

import java.util.Comparator;
import java.util.List;

/**
 * How vectors are regressed on descriptions.
 *
 * @param regularizations among which one is chosen on held-out items, each 1e-6 to 1e9, at least
 *     one. They are in items: a term that n well-known items share, and no other term explains,
 *     gets n / (n + regularization) of what they have in common. Kept in descending order
 * @param halfWeightUsers an item of so many users counts half as much as one of countless users: n
 *     / (n + halfWeightUsers), finite and at least 0, where it counts each item alike. An item's
 *     vector is an estimate with a variance that falls as 1 / n, on top of what no description
 *     explains, and the weight is the inverse of the sum of both
 * @param minItems terms of fewer items are left out, at least 1
 * @param maxTerms so many terms are kept, those of most items, 1 to 1,000,000
 * @param maxSteps of conjugate gradients for each regularization, 1 to 10,000
 * @param tolerance a factor is done where its objective is off by about this part of what it is for
 *     the mean vector, 0 to 1, without both
 */
public record ColdStartParameters(
        List<Double> regularizations,
        double halfWeightUsers,
        int minItems,
        int maxTerms,
        int maxSteps,
        double tolerance) {

    /**
     * What is used where nothing else is said. In the shop of ColdStartRetailTest the best
     * regularization is 5, and half weights at 0 to 10 users are as good as at 3, at 30 worse.
     */
    public static final ColdStartParameters DEFAULT =
            new ColdStartParameters(
                    List.of(50.0, 20.0, 10.0, 5.0, 2.0, 1.0), 3, 2, 50_000, 100, 1e-5);

    /**
     * @throws IllegalArgumentException that names the parameter, its bounds and what it was
     */
    public ColdStartParameters {
        require(!regularizations.isEmpty(), "regularizations", "at least one", regularizations);
        for (double regularization : regularizations) {
            require(
                    regularization >= 1e-6 && regularization <= 1e9,
                    "regularizations",
                    "between 1e-6 and 1e9",
                    regularizations);
        }
        regularizations = regularizations.stream().sorted(Comparator.reverseOrder()).toList();
        require(
                halfWeightUsers >= 0 && Double.isFinite(halfWeightUsers),
                "halfWeightUsers",
                "finite and at least 0",
                halfWeightUsers);
        require(minItems >= 1, "minItems", "at least 1", minItems);
        require(
                maxTerms >= 1 && maxTerms <= 1_000_000,
                "maxTerms",
                "between 1 and 1000000",
                maxTerms);
        require(maxSteps >= 1 && maxSteps <= 10_000, "maxSteps", "between 1 and 10000", maxSteps);
        require(tolerance > 0 && tolerance < 1, "tolerance", "above 0 and below 1", tolerance);
    }

    private static void require(boolean valid, String name, String bounds, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be " + bounds + ", was " + value);
        }
    }

    /** How much an item of so many users counts, 0 to 1. */
    float weight(float users) {
        return users > 0 ? (float) (users / (users + halfWeightUsers)) : 0;
    }
}
