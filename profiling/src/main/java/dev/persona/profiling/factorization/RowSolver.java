package dev.persona.profiling.factorization;

import java.util.Arrays;
import java.util.Optional;

/**
 * Solves for the vector of one row while the vectors of the columns are held fixed:
 *
 * <pre>(Y'Y + Y'(C - I)Y + regularization I) x = Y'C p</pre>
 *
 * where C has the confidences of the row's entries and ones, and p their preferences, 1 and 0. The
 * sum over all columns is in Y'Y, made once for all rows; a row gathers only the columns it has.
 *
 * <p>It works in arrays of its own: each thread has one.
 */
final class RowSolver {
    /** Columns per call of BLAS: long rows are cut, so that the gathered vectors stay in cache. */
    private static final int MOST_GATHERED = 1024;

    /**
     * Rows shorter than this are summed up in plain Java. At 32 vectors of 64 factors both take 8
     * microseconds, and plain Java needs no turn in BLAS, where only one thread at a time may be.
     */
    private static final int BLAS_PAYS_FROM = 32;

    private final Optional<Blas> blas;
    private final int f;
    private final float alpha;
    private final float[] fixed;
    private final float[] base;
    private final float[] sum;
    private final float[] right;
    private final float[] column;
    private final NormalEquations equations;
    private final float[][] blocks = new float[Integer.numberOfTrailingZeros(MOST_GATHERED) + 1][];

    /**
     * @param blas does long rows; without it, plain Java does
     * @param parameters factors and alpha are used
     * @param fixed vectors of the columns, columns * factors
     * @param base their Gram matrix with the regularization on its diagonal; only read
     */
    RowSolver(Optional<Blas> blas, AlsParameters parameters, float[] fixed, float[] base) {
        this.blas = blas;
        this.f = parameters.factors();
        this.alpha = (float) parameters.alpha();
        this.fixed = fixed;
        this.base = base;
        this.sum = new float[blas.isPresent() ? f * f : 0];
        this.right = new float[f];
        this.column = new float[f];
        this.equations = new NormalEquations(f);
    }

    /** The bytes of heap that one of these takes at most. */
    static long bytes(int f) {
        long matrices = (long) f * f * Float.BYTES + NormalEquations.bytes(f);
        // The blocks are 1, 2, 4, ... and MOST_GATHERED vectors long.
        return matrices + (2L * MOST_GATHERED + 1) * f * Float.BYTES;
    }

    /**
     * Writes the vector of one row.
     *
     * @param rows the matrix
     * @param row which of its rows
     * @param vectors vectors of the rows, rows * factors
     * @throws ArithmeticException if single precision is too narrow for these weights
     */
    void solve(SparseRows rows, int row, float[] vectors) {
        equations.set(base);
        Arrays.fill(right, 0f);
        int end = rows.offsets()[row + 1];
        for (int from = rows.offsets()[row]; from < end; ) {
            int count = Math.min(MOST_GATHERED, end - from);
            addEntries(rows, from, count);
            from += count;
        }
        if (!equations.solve(right)) {
            throw new ArithmeticException(
                    "the normal equations cannot be solved in single precision: raise"
                            + " [regularization] or lower [alpha]");
        }
        System.arraycopy(right, 0, vectors, row * f, f);
    }

    /**
     * What the entries of one row change in the sum of c (p - x.y)^2 over all of its columns,
     * against the sum of (x.y)^2 that the Gram matrices give: c (1 - x.y)^2 - (x.y)^2 each.
     */
    double objectiveOfEntries(SparseRows rows, int row, float[] vectors) {
        double sum = 0;
        for (int entry = rows.offsets()[row]; entry < rows.offsets()[row + 1]; entry++) {
            double product = dot(vectors, row * f, rows.columns()[entry] * f);
            double confidence = 1 + (double) alpha * rows.values()[entry];
            sum += confidence * (1 - product) * (1 - product) - product * product;
        }
        return sum;
    }

    /**
     * C - I is split evenly between both sides of Y'(C - I)Y, so that one gathered block serves.
     * The vectors pass through arrays of their own, for the reason given in {@link
     * NormalEquations}.
     */
    private void addEntries(SparseRows rows, int from, int count) {
        float[] block = blockFor(count);
        float[] b = right;
        float[] vector = column;
        for (int k = 0; k < count; k++) {
            System.arraycopy(fixed, rows.columns()[from + k] * f, vector, 0, f);
            float above = alpha * rows.values()[from + k];
            // Without weight there is no preference either: the entry is as good as not there.
            float confidence = above > 0 ? 1 + above : 0;
            float root = (float) Math.sqrt(above);
            for (int i = 0; i < f; i++) {
                b[i] += confidence * vector[i];
                vector[i] *= root;
            }
            System.arraycopy(vector, 0, block, k * f, f);
        }
        if (blas.isPresent() && count >= BLAS_PAYS_FROM) {
            Arrays.fill(sum, 0f);
            blas.get().addOuterProducts(f, count, block, sum);
            equations.add(sum);
        } else {
            equations.addOuterProducts(block, 0, count);
        }
    }

    /** As short as a power of two allows: jblas copies all of it, used or not. */
    private float[] blockFor(int count) {
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        if (blocks[size] == null) {
            blocks[size] = new float[(1 << size) * f];
        }
        return blocks[size];
    }

    /** Four sums side by side: one alone would wait for its last addition each time. */
    private double dot(float[] vectors, int at, int fixedAt) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= f; i += 4) {
            a += (double) vectors[at + i] * fixed[fixedAt + i];
            b += (double) vectors[at + i + 1] * fixed[fixedAt + i + 1];
            c += (double) vectors[at + i + 2] * fixed[fixedAt + i + 2];
            d += (double) vectors[at + i + 3] * fixed[fixedAt + i + 3];
        }
        for (; i < f; i++) {
            a += (double) vectors[at + i] * fixed[fixedAt + i];
        }
        return a + b + c + d;
    }
}
