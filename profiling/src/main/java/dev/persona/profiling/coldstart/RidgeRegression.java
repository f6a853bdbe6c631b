package dev.persona.profiling.coldstart;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Minimizes the sum over items of c |v - b - W'x|^2, plus regularization |W|^2: v is the vector of
 * an item, x its terms (0 or 1), c its weight, W the weights of the terms and b the intercept,
 * which is not regularized.
 *
 * <p>Conjugate gradients on the normal equations, as in Golub and Van Loan, Matrix Computations,
 * 4th edition, section 11.5, with the diagonal as preconditioner: the matrix of terms x terms is
 * never made. All factors share it, so they go side by side, each with step lengths of its own. A
 * factor is done where the preconditioned residual, which is about the objective's distance from
 * its minimum, is small beside the objective of the mean vector.
 *
 * <p>W with b is (terms + 1) * factors, row-major, b the last row. It and three more of that size
 * are all the heap that a run takes. Not thread-safe.
 */
final class RidgeRegression {
    private final TermRows rows;
    private final float[] targets;
    private final float[] weights;
    private final int factors;
    private final ColdStartParameters parameters;
    private final BooleanSupplier cancelled;
    private final int intercept;
    private final float[] mean;
    private final double[] spread;
    private final double[] diagonal;

    /**
     * @param rows the terms of the items
     * @param targets the vectors of the items, items * factors, row-major
     * @param weights of the items, at least 0 and not all 0; an item of weight 0 is not learned
     *     from
     * @param cancelled asked before each item is looked at again; true ends the run
     */
    RidgeRegression(
            TermRows rows,
            float[] targets,
            float[] weights,
            int factors,
            ColdStartParameters parameters,
            BooleanSupplier cancelled) {
        this.rows = rows;
        this.targets = targets;
        this.weights = weights;
        this.factors = factors;
        this.parameters = parameters;
        this.cancelled = cancelled;
        this.intercept = rows.vocabulary().size();
        this.mean = weightedMean();
        this.spread = spreadAroundMean();
        this.diagonal = weightsOfTerms();
    }

    /** The mean vector of the items by their weights. */
    float[] mean() {
        return mean;
    }

    /** W of zeros with the mean as b. */
    float[] start() {
        float[] start = new float[(intercept + 1) * factors];
        System.arraycopy(mean, 0, start, intercept * factors, factors);
        return start;
    }

    /**
     * @param regularization above 0
     * @param solution W with b to start from, changed to the answer
     * @throws CancellationException once cancelled
     * @throws ArithmeticException if single precision is too narrow for these vectors
     */
    void solve(double regularization, float[] solution) {
        float[] residual = residual(solution, (float) regularization);
        float[] inverse = preconditioner(regularization);
        float[] direction = new float[solution.length];
        float[] product = new float[solution.length];
        double[] size = sizes(residual, inverse);
        float[] keep = new float[factors];
        float[] step = new float[factors];
        for (int steps = 0; steps < parameters.maxSteps() && anyOpen(size); steps++) {
            turn(direction, residual, inverse, keep);
            multiply(direction, product, (float) regularization);
            double[] curvature = dots(direction, product);
            for (int f = 0; f < factors; f++) {
                if (!Double.isFinite(curvature[f])) {
                    throw new ArithmeticException(
                            "single precision is too narrow for these vectors");
                }
                step[f] =
                        isOpen(f, size) && curvature[f] > 0 ? (float) (size[f] / curvature[f]) : 0;
            }
            addScaled(step, direction, solution, 1);
            addScaled(step, product, residual, -1);
            double[] next = sizes(residual, inverse);
            for (int f = 0; f < factors; f++) {
                keep[f] = size[f] > 0 ? (float) (next[f] / size[f]) : 0;
            }
            size = next;
        }
    }

    private boolean anyOpen(double[] size) {
        for (int f = 0; f < factors; f++) {
            if (isOpen(f, size)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a factor is still too far from its minimum; also where that cannot be told. */
    private boolean isOpen(int factor, double[] size) {
        return !(size[factor] <= parameters.tolerance() * spread[factor]);
    }

    /**
     * What W with b gives an item.
     *
     * @param out factors long, overwritten
     */
    void predict(float[] solution, int item, float[] out) {
        System.arraycopy(solution, intercept * factors, out, 0, factors);
        for (int entry = rows.offsets()[item]; entry < rows.offsets()[item + 1]; entry++) {
            int from = rows.terms()[entry] * factors;
            for (int f = 0; f < factors; f++) {
                out[f] += solution[from + f];
            }
        }
    }

    private float[] weightedMean() {
        double[] sums = new double[factors];
        double total = 0;
        for (int item = 0; item < weights.length; item++) {
            total += weights[item];
            for (int f = 0; f < factors; f++) {
                sums[f] += (double) weights[item] * targets[item * factors + f];
            }
        }
        float[] mean = new float[factors];
        for (int f = 0; f < factors; f++) {
            mean[f] = (float) (sums[f] / total);
        }
        return mean;
    }

    /** For each factor, the objective where W is 0 and b the mean. */
    private double[] spreadAroundMean() {
        double[] sums = new double[factors];
        for (int item = 0; item < weights.length; item++) {
            for (int f = 0; f < factors; f++) {
                double difference = (double) targets[item * factors + f] - mean[f];
                sums[f] += weights[item] * difference * difference;
            }
        }
        return sums;
    }

    /** The diagonal of X'CX, which is the weight of a term's items, as terms are 0 or 1. */
    private double[] weightsOfTerms() {
        double[] sums = new double[intercept + 1];
        for (int item = 0; item < weights.length; item++) {
            for (int entry = rows.offsets()[item]; entry < rows.offsets()[item + 1]; entry++) {
                sums[rows.terms()[entry]] += weights[item];
            }
            sums[intercept] += weights[item];
        }
        return sums;
    }

    private float[] preconditioner(double regularization) {
        float[] inverse = new float[intercept + 1];
        for (int term = 0; term < intercept; term++) {
            inverse[term] = (float) (1 / (diagonal[term] + regularization));
        }
        inverse[intercept] = (float) (1 / diagonal[intercept]);
        return inverse;
    }

    /** X'C(V - XW - b) - regularization W. */
    private float[] residual(float[] solution, float regularization) {
        float[] out = new float[solution.length];
        for (int i = 0; i < intercept * factors; i++) {
            out[i] = -regularization * solution[i];
        }
        float[] ofItem = new float[factors];
        for (int item = 0; item < weights.length; item++) {
            if (weights[item] > 0) {
                predict(solution, item, ofItem);
                for (int f = 0; f < factors; f++) {
                    ofItem[f] = weights[item] * (targets[item * factors + f] - ofItem[f]);
                }
                addToTerms(ofItem, item, out);
            }
        }
        return out;
    }

    /** Sets out to (X'CX + regularization) times the direction. */
    private void multiply(float[] direction, float[] out, float regularization) {
        int end = intercept * factors;
        for (int i = 0; i < end; i++) {
            out[i] = regularization * direction[i];
        }
        Arrays.fill(out, end, out.length, 0);
        float[] ofItem = new float[factors];
        for (int item = 0; item < weights.length; item++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("the regression was cancelled");
            }
            if (weights[item] > 0) {
                // There and back for one item at a time: its terms' rows are still in the cache.
                predict(direction, item, ofItem);
                for (int f = 0; f < factors; f++) {
                    ofItem[f] *= weights[item];
                }
                addToTerms(ofItem, item, out);
            }
        }
    }

    private void addToTerms(float[] ofItem, int item, float[] out) {
        for (int entry = rows.offsets()[item]; entry < rows.offsets()[item + 1]; entry++) {
            addTo(out, rows.terms()[entry] * factors, ofItem);
        }
        addTo(out, intercept * factors, ofItem);
    }

    private static void addTo(float[] out, int from, float[] vector) {
        for (int f = 0; f < vector.length; f++) {
            out[from + f] += vector[f];
        }
    }

    /** Makes the direction to the preconditioned residual plus so much of the old direction. */
    private void turn(float[] direction, float[] residual, float[] inverse, float[] keep) {
        for (int row = 0; row <= intercept; row++) {
            int from = row * factors;
            for (int f = 0; f < factors; f++) {
                direction[from + f] =
                        inverse[row] * residual[from + f] + keep[f] * direction[from + f];
            }
        }
    }

    private void addScaled(float[] step, float[] x, float[] y, float sign) {
        for (int from = 0; from < x.length; from += factors) {
            for (int f = 0; f < factors; f++) {
                y[from + f] += sign * step[f] * x[from + f];
            }
        }
    }

    /** For each factor, residual . residual under the preconditioner. */
    private double[] sizes(float[] residual, float[] inverse) {
        double[] sums = new double[factors];
        for (int row = 0; row <= intercept; row++) {
            int from = row * factors;
            double scale = inverse[row];
            for (int f = 0; f < factors; f++) {
                double value = residual[from + f];
                sums[f] += scale * value * value;
            }
        }
        return sums;
    }

    private double[] dots(float[] a, float[] b) {
        double[] sums = new double[factors];
        for (int from = 0; from < a.length; from += factors) {
            for (int f = 0; f < factors; f++) {
                sums[f] += (double) a[from + f] * b[from + f];
            }
        }
        return sums;
    }
}
