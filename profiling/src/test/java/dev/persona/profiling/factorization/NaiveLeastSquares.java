package dev.persona.profiling.factorization;

import java.util.Arrays;

/**
 * The paper's formulas written down over the dense matrix, in double precision: what the real thing
 * is checked against.
 */
final class NaiveLeastSquares {
    /** Weights, users x items. */
    final double[][] weights;

    final int f;
    final double regularization;
    final double alpha;
    final boolean scaled;

    NaiveLeastSquares(Interactions interactions, AlsParameters parameters) {
        this.f = parameters.factors();
        this.regularization = parameters.regularization();
        this.alpha = parameters.alpha();
        this.scaled = parameters.scaleRegularization();
        this.weights = new double[interactions.users().size()][interactions.items().size()];
        for (int user = 0; user < weights.length; user++) {
            int[] items = interactions.itemsOf(user);
            float[] of = interactions.weightsOf(user);
            for (int k = 0; k < items.length; k++) {
                weights[user][items[k]] = of[k];
            }
        }
    }

    /** The whole run: users' vectors, then items', of the last iteration. */
    double[][][] factorize(float[] startOfUsers, int iterations) {
        double[][] users = rows(startOfUsers);
        double[][] items = new double[weights[0].length][];
        for (int iteration = 0; iteration < iterations; iteration++) {
            for (int item = 0; item < items.length; item++) {
                double[] column = new double[weights.length];
                for (int user = 0; user < weights.length; user++) {
                    column[user] = weights[user][item];
                }
                items[item] = solve(column, users);
            }
            for (int user = 0; user < weights.length; user++) {
                users[user] = solve(weights[user], items);
            }
        }
        return new double[][][] {users, items};
    }

    /** (Y'CY + regularization I) x = Y'C p for one row of weights. */
    double[] solve(double[] row, double[][] y) {
        double[][] a = new double[f][f];
        float[] none = new float[f];
        double[] b = new double[f];
        for (int i = 0; i < f; i++) {
            a[i][i] = regularization * (scaled ? count(row) : 1);
        }
        for (int column = 0; column < row.length; column++) {
            double confidence = 1 + alpha * row[column];
            double preference = row[column] > 0 ? 1 : 0;
            for (int i = 0; i < f; i++) {
                b[i] += confidence * preference * y[column][i];
                for (int j = 0; j < f; j++) {
                    a[i][j] += confidence * y[column][i] * y[column][j];
                }
            }
        }
        return eliminate(a, b);
    }

    double loss(float[] users, float[] items) {
        double sum = 0;
        for (int user = 0; user < weights.length; user++) {
            for (int item = 0; item < weights[0].length; item++) {
                double confidence = 1 + alpha * weights[user][item];
                double preference = weights[user][item] > 0 ? 1 : 0;
                double error = preference - dot(users, user, items, item, f);
                sum += confidence * error * error;
            }
        }
        for (int user = 0; user < weights.length; user++) {
            double times = scaled ? count(weights[user]) : 1;
            sum += regularization * times * dot(users, user, users, user, f);
        }
        for (int item = 0; item < weights[0].length; item++) {
            double[] column = new double[weights.length];
            for (int user = 0; user < weights.length; user++) {
                column[user] = weights[user][item];
            }
            double times = scaled ? count(column) : 1;
            sum += regularization * times * dot(items, item, items, item, f);
        }
        return sum;
    }

    private static long count(double[] row) {
        return Arrays.stream(row).filter(weight -> weight > 0).count();
    }

    static double dot(float[] x, int atX, float[] y, int atY, int f) {
        double sum = 0;
        for (int i = 0; i < f; i++) {
            sum += (double) x[atX * f + i] * y[atY * f + i];
        }
        return sum;
    }

    static double[] eliminate(double[][] a, float[] b) {
        double[] right = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            right[i] = b[i];
        }
        return eliminate(a, right);
    }

    /** Gauss and Jordan, with pivots. */
    static double[] eliminate(double[][] a, double[] b) {
        int n = b.length;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            double right = b[pivot];
            b[pivot] = b[k];
            b[k] = right;
            for (int i = 0; i < n; i++) {
                if (i != k) {
                    double factor = a[i][k] / a[k][k];
                    for (int j = k; j < n; j++) {
                        a[i][j] -= factor * a[k][j];
                    }
                    b[i] -= factor * b[k];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = b[i] / a[i][i];
        }
        return x;
    }

    private double[][] rows(float[] vectors) {
        double[][] rows = new double[vectors.length / f][f];
        for (int i = 0; i < vectors.length; i++) {
            rows[i / f][i % f] = vectors[i];
        }
        return rows;
    }
}
