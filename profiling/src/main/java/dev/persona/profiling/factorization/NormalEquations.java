package dev.persona.profiling.factorization;

import java.util.Arrays;

/**
 * A symmetric positive definite system A x = b of order f, built up and solved in plain Java.
 *
 * <p>At 64 factors the Cholesky decomposition was measured at 8 microseconds, at 10 in jblas, which
 * lets only one thread in; so all systems are solved here. Not thread-safe: each thread has one.
 */
final class NormalEquations {
    /**
     * Vectors added, and rows subtracted, in one pass over a row: fewer loads and stores per sum.
     */
    private static final int AT_ONCE = 4;

    private final int f;

    /**
     * Row i of A from its diagonal on. Each row is an array of its own: within one flat array the
     * compiler cannot tell that two rows do not overlap, and makes no vector code.
     */
    private final float[][] upper;

    /** The vectors that are being added, each in an array of its own for the same reason. */
    private final float[][] added;

    NormalEquations(int f) {
        this.f = f;
        this.upper = new float[f][f];
        this.added = new float[AT_ONCE][f];
    }

    /** The bytes of heap that one of these takes. */
    static long bytes(int f) {
        return ((long) f + AT_ONCE) * f * Float.BYTES;
    }

    /**
     * Sets A.
     *
     * @param symmetric f * f
     */
    void set(float[] symmetric) {
        for (int i = 0; i < f; i++) {
            System.arraycopy(symmetric, i * f, upper[i], 0, f);
        }
    }

    /**
     * Adds to A.
     *
     * @param symmetric f * f
     */
    void add(float[] symmetric) {
        float[] from = added[0];
        for (int i = 0; i < f; i++) {
            System.arraycopy(symmetric, i * f, from, 0, f);
            float[] row = upper[i];
            for (int j = i; j < f; j++) {
                row[j] += from[j];
            }
        }
    }

    /** Adds a number to each element of the diagonal of A. */
    void addToDiagonal(float number) {
        for (int i = 0; i < f; i++) {
            upper[i][i] += number;
        }
    }

    /**
     * Adds v v' to A for each of some vectors.
     *
     * @param vectors one after the other, f long each
     * @param from the first that is added
     * @param count how many are added
     */
    void addOuterProducts(float[] vectors, int from, int count) {
        for (int first = 0; first < count; first += AT_ONCE) {
            for (int k = 0; k < AT_ONCE; k++) {
                if (first + k < count) {
                    System.arraycopy(vectors, (from + first + k) * f, added[k], 0, f);
                } else {
                    Arrays.fill(added[k], 0f);
                }
            }
            addFour();
        }
    }

    /**
     * Solves for x by the Cholesky decomposition A = U'U. A is lost.
     *
     * @param b f long; becomes x
     * @return false if A is not positive definite or x not finite in single precision
     */
    boolean solve(float[] b) {
        return decompose() && substitute(b);
    }

    /**
     * Decomposes A, after which it can be solved for any number of right-hand sides.
     *
     * @return false if A is not positive definite in single precision
     */
    boolean decompose() {
        for (int i = 0; i < f; i++) {
            if (!decomposeRow(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Solves A x = b, where A has been decomposed.
     *
     * @param b f long; becomes x
     * @return false if x is not finite in single precision
     */
    boolean substitute(float[] b) {
        for (int i = 0; i < f; i++) {
            float[] row = upper[i];
            float z = b[i] / row[i];
            for (int j = i + 1; j < f; j++) {
                b[j] -= z * row[j];
            }
            b[i] = z;
        }
        for (int i = f - 1; i >= 0; i--) {
            float[] row = upper[i];
            float sum = b[i];
            for (int j = i + 1; j < f; j++) {
                sum -= row[j] * b[j];
            }
            b[i] = sum / row[i];
        }
        return isFinite(b);
    }

    /** A from its upper half. */
    void copyTo(float[] symmetric) {
        for (int i = 0; i < f; i++) {
            for (int j = i; j < f; j++) {
                symmetric[i * f + j] = upper[i][j];
                symmetric[j * f + i] = upper[i][j];
            }
        }
    }

    private void addFour() {
        float[] v0 = added[0];
        float[] v1 = added[1];
        float[] v2 = added[2];
        float[] v3 = added[3];
        for (int i = 0; i < f; i++) {
            float s0 = v0[i];
            float s1 = v1[i];
            float s2 = v2[i];
            float s3 = v3[i];
            float[] row = upper[i];
            for (int j = i; j < f; j++) {
                row[j] += s0 * v0[j] + s1 * v1[j] + s2 * v2[j] + s3 * v3[j];
            }
        }
    }

    /** Row i of U: what A has left after the rows above, over the root of its diagonal. */
    private boolean decomposeRow(int i) {
        float[] row = upper[i];
        int k = 0;
        for (; k + AT_ONCE <= i; k += AT_ONCE) {
            float[] u0 = upper[k];
            float[] u1 = upper[k + 1];
            float[] u2 = upper[k + 2];
            float[] u3 = upper[k + 3];
            float s0 = u0[i];
            float s1 = u1[i];
            float s2 = u2[i];
            float s3 = u3[i];
            for (int j = i; j < f; j++) {
                row[j] -= s0 * u0[j] + s1 * u1[j] + s2 * u2[j] + s3 * u3[j];
            }
        }
        for (; k < i; k++) {
            float[] u = upper[k];
            float s = u[i];
            for (int j = i; j < f; j++) {
                row[j] -= s * u[j];
            }
        }
        if (!(row[i] > 0)) {
            return false;
        }
        float inverse = (float) (1 / Math.sqrt(row[i]));
        for (int j = i; j < f; j++) {
            row[j] *= inverse;
        }
        return true;
    }

    /** A product with zero is zero unless a value is infinite or not a number. */
    private static boolean isFinite(float[] vector) {
        float sum = 0;
        for (float value : vector) {
            sum += 0f * value;
        }
        return sum == 0f;
    }
}
