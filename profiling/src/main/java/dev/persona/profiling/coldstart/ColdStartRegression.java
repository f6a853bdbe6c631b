package dev.persona.profiling.coldstart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Learns from items that have a vector what a description says about it: a ridge regression of the
 * vectors on the terms of the descriptions, as Gantner et al. map attributes to factors in Learning
 * Attribute-to-Feature Mappings for Cold-Start Recommendations, ICDM 2010,
 * doi:10.1109/ICDM.2010.129.
 *
 * <p>How strongly it is regularized is chosen on a fifth of the items, held out; then it learns
 * from all. The same items in the same order give the same model to the last bit.
 *
 * <p>100,000 items with ten terms each, of 29,000, at 64 factors take some 7 seconds of one core.
 */
public final class ColdStartRegression {
    /** With fewer items that have users, there is nothing to learn from and to check on. */
    public static final int FEWEST_ITEMS = 5;

    private static final int HELD_OUT_OF = 5;
    private static final long SEED = 1;

    private final ColdStartParameters parameters;

    /**
     * @param parameters how to run it
     */
    public ColdStartRegression(ColdStartParameters parameters) {
        this.parameters = Objects.requireNonNull(parameters, "parameters");
    }

    /**
     * Learns.
     *
     * @param items what the catalog says of each item
     * @param vectors of the same items, items * factors, row-major, finite
     * @param factors length of a vector
     * @param users number of users that each vector comes from, finite and at least 0; items
     *     without users are left out
     * @param cancelled asked before each item is looked at again; true ends the run
     * @throws IllegalArgumentException for a shape that does not fit, a number that is out of
     *     bounds or fewer than {@link #FEWEST_ITEMS} items that have users
     * @throws CancellationException once cancelled
     * @throws ArithmeticException if single precision is too narrow for these vectors
     */
    public ColdStartModel learn(
            List<ItemDescription> items,
            float[] vectors,
            int factors,
            float[] users,
            BooleanSupplier cancelled) {
        requireShape(items.size(), vectors, factors, users);
        requireFinite(vectors);
        float[] weights = weights(users);
        int[] heldOut = heldOut(weights);

        TermRows rows = TermRows.of(items, weights, parameters.minItems(), parameters.maxTerms());
        float[] withoutHeldOut = weights.clone();
        for (int item : heldOut) {
            withoutHeldOut[item] = 0;
        }
        RidgeRegression regression =
                new RidgeRegression(rows, vectors, withoutHeldOut, factors, parameters, cancelled);
        HeldOut check = new HeldOut(heldOut, weights, vectors, factors);
        float[] solution = regression.start();
        Candidate choice = choice(candidates(regression, check, solution));
        // What the last candidate has left is a good place to start from as well.
        new RidgeRegression(rows, vectors, weights, factors, parameters, cancelled)
                .solve(choice.regularization, solution);
        return new ColdStartModel(
                rows.vocabulary(), factors, solution, choice.regularization, choice.errors);
    }

    /**
     * From the largest regularization on, each from the answer of the one before, which saves half
     * of the steps. Ends where the error grows again: it has one valley.
     *
     * @param solution where to start from, changed
     */
    private List<Candidate> candidates(
            RidgeRegression regression, HeldOut heldOut, float[] solution) {
        float[] mean = regression.mean();
        float[] zero = new float[mean.length];
        float[] predicted = new float[mean.length];
        double errorOfMean = heldOut.error(item -> mean).mean();
        double errorOfZero = heldOut.error(item -> zero).mean();
        List<Candidate> candidates = new ArrayList<>();
        for (double regularization : parameters.regularizations()) {
            regression.solve(regularization, solution);
            Estimate error =
                    heldOut.error(
                            item -> {
                                regression.predict(solution, item, predicted);
                                return predicted;
                            });
            candidates.add(
                    new Candidate(
                            regularization,
                            new HeldOutErrors(
                                    heldOut.items.length,
                                    error.mean,
                                    error.standardError,
                                    errorOfMean,
                                    errorOfZero)));
            if (error.mean > candidates.get(Math.max(0, candidates.size() - 2)).error()) {
                break;
            }
        }
        return candidates;
    }

    /**
     * The largest regularization whose error is within one standard error of the least: Breiman et
     * al., Classification and Regression Trees, 1984, chapter 3.
     *
     * <p>Held-out items ask for too little, as the users' vectors were made with theirs: in the
     * shop of ColdStartRetailTest for 2, where 5 is best for items that the factorization has not
     * seen.
     */
    private static Candidate choice(List<Candidate> candidates) {
        Candidate least = Collections.min(candidates, Comparator.comparing(Candidate::error));
        double enough = least.error() + least.errors.standardError();
        return candidates.stream()
                .filter(candidate -> candidate.error() <= enough)
                .findFirst()
                .orElse(least);
    }

    private float[] weights(float[] users) {
        float[] weights = new float[users.length];
        for (int item = 0; item < users.length; item++) {
            if (!(users[item] >= 0) || Float.isInfinite(users[item])) {
                throw new IllegalArgumentException(
                        "the users of item "
                                + item
                                + " must be finite and at least 0, were "
                                + users[item]);
            }
            weights[item] = parameters.weight(users[item]);
        }
        return weights;
    }

    private static int[] heldOut(float[] weights) {
        List<Integer> candidates =
                IntStream.range(0, weights.length)
                        .filter(item -> weights[item] > 0)
                        .boxed()
                        .collect(Collectors.toList());
        if (candidates.size() < FEWEST_ITEMS) {
            throw new IllegalArgumentException(
                    "there must be at least "
                            + FEWEST_ITEMS
                            + " items that have users, were "
                            + candidates.size());
        }
        // The one generator whose sequence the Java specification fixes.
        Collections.shuffle(candidates, new Random(SEED));
        return candidates.stream()
                .limit(candidates.size() / HELD_OUT_OF)
                .mapToInt(item -> item)
                .sorted()
                .toArray();
    }

    private static void requireShape(int items, float[] vectors, int factors, float[] users) {
        if (factors < 1 || vectors.length != (long) items * factors) {
            throw new IllegalArgumentException(
                    "the vectors of "
                            + items
                            + " items with "
                            + factors
                            + " factors must be "
                            + (long) items * factors
                            + " floats, were "
                            + vectors.length);
        }
        if (users.length != items) {
            throw new IllegalArgumentException(
                    "there must be a number of users for each of "
                            + items
                            + " items, were "
                            + users.length);
        }
    }

    private static void requireFinite(float[] vectors) {
        for (int i = 0; i < vectors.length; i++) {
            if (!Float.isFinite(vectors[i])) {
                throw new IllegalArgumentException(
                        "vectors must be finite, was " + vectors[i] + " at " + i);
            }
        }
    }

    /** A regularization and what became of it. */
    private record Candidate(double regularization, HeldOutErrors errors) {
        double error() {
            return errors.regression();
        }
    }

    /** A mean and how far chance may have it off. */
    private record Estimate(double mean, double standardError) {}

    /**
     * The items that are not learned from.
     *
     * @param items their indexes
     * @param weights of all items
     * @param vectors of all items, items * factors
     */
    private record HeldOut(int[] items, float[] weights, float[] vectors, int factors) {

        /** The mean squared distance of a guess from the vectors, by the items' weights. */
        Estimate error(IntFunction<float[]> guess) {
            double[] distances = new double[items.length];
            double sum = 0;
            double total = 0;
            for (int i = 0; i < items.length; i++) {
                distances[i] = squaredDistance(guess.apply(items[i]), items[i]);
                sum += weights[items[i]] * distances[i];
                total += weights[items[i]];
            }
            double mean = sum / total;
            double squares = 0;
            for (int i = 0; i < items.length; i++) {
                double deviation = weights[items[i]] * (distances[i] - mean);
                squares += deviation * deviation;
            }
            return new Estimate(mean, Math.sqrt(squares) / total);
        }

        private double squaredDistance(float[] guess, int item) {
            double squares = 0;
            for (int f = 0; f < factors; f++) {
                double difference = (double) guess[f] - vectors[item * factors + f];
                squares += difference * difference;
            }
            return squares;
        }
    }
}
