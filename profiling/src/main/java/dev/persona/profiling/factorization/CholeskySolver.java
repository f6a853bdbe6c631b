package dev.persona.profiling.factorization;

import java.util.Arrays;
import java.util.Optional;

/** Makes the matrix of a row and solves it exactly, by its Cholesky decomposition. */
final class CholeskySolver implements RowSolver {
    /** Columns per call of BLAS: long rows are cut, so that the gathered vectors stay in cache. */
    private static final int MOST_GATHERED = 1024;

    /**
     * Rows shorter than this are summed up in plain Java. At 32 vectors of 64 factors both take 8
     * microseconds, and plain Java needs no turn in BLAS, where only one thread at a time may be.
     */
    private static final int BLAS_PAYS_FROM = 32;

    private final Optional<Blas> blas;
    private final int f;
    private final float regularization;
    private final boolean scaled;
    private final RowEntries entries;
    private final float[] base;
    private final float[] sum;
    private final float[] right;
    private final float[] target;
    private final float[] column;
    private final NormalEquations equations;
    private final float[][] blocks = new float[Integer.numberOfTrailingZeros(MOST_GATHERED) + 1][];

    /**
     * @param blas does long rows; without it, plain Java does
     * @param parameters how to count
     * @param fixed vectors of the columns, columns * factors
     * @param base their Gram matrix, with the regularization on its diagonal where that is the same
     *     for all rows; only read
     */
    CholeskySolver(Optional<Blas> blas, AlsParameters parameters, float[] fixed, float[] base) {
        this.blas = blas;
        this.f = parameters.factors();
        this.regularization = (float) parameters.regularization();
        this.scaled = parameters.scaleRegularization();
        this.entries = new RowEntries(fixed, parameters.alpha());
        this.base = base;
        this.sum = new float[blas.isPresent() ? f * f : 0];
        this.right = new float[f];
        this.target = new float[f];
        this.column = new float[f];
        this.equations = new NormalEquations(f);
    }

    /** The bytes of heap that one of these takes at most. */
    static long bytes(int f) {
        long matrices = (long) f * f * Float.BYTES + NormalEquations.bytes(f);
        // The blocks are 1, 2, 4, ... and MOST_GATHERED vectors long.
        return matrices + (2L * MOST_GATHERED + 1) * f * Float.BYTES;
    }

    @Override
    public double solve(SparseRows rows, int row, float[] vectors) {
        equations.set(base);
        Arrays.fill(right, 0f);
        entries.of(rows, row);
        double confidences = 0;
        for (int from = entries.from; from < entries.to; ) {
            int count = Math.min(MOST_GATHERED, entries.to - from);
            confidences += addEntries(from, count);
            from += count;
        }
        if (scaled) {
            equations.addToDiagonal(regularization * entries.count());
        }
        System.arraycopy(right, 0, target, 0, f);
        if (!equations.solve(right)) {
            throw RowSolver.tooNarrow();
        }
        System.arraycopy(right, 0, vectors, row * f, f);
        // With A x = b, x'A x - 2 b'x is - b'x.
        double product = 0;
        for (int i = 0; i < f; i++) {
            product += (double) target[i] * right[i];
        }
        return confidences - product;
    }

    /**
     * C - I is split evenly between both sides of Y'(C - I)Y, so that one gathered block serves.
     * The vectors pass through arrays of their own, for the reason given in {@link
     * NormalEquations}.
     *
     * @return the sum of the entries' confidences
     */
    private double addEntries(int from, int count) {
        float[] block = blockFor(count);
        float[] b = right;
        float[] vector = column;
        double confidences = 0;
        for (int k = 0; k < count; k++) {
            System.arraycopy(entries.vectors, entries.columns[from + k] * f, vector, 0, f);
            float above = entries.above(from + k);
            float confidence = RowEntries.confidence(above);
            confidences += confidence;
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
        return confidences;
    }

    /** As short as a power of two allows: jblas copies all of it, used or not. */
    private float[] blockFor(int count) {
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        if (blocks[size] == null) {
            blocks[size] = new float[(1 << size) * f];
        }
        return blocks[size];
    }
}
