package dev.persona.profiling.factorization;

/**
 * The Gram matrix of vectors, which is the sum of v v' over all of them.
 *
 * <p>Sums of many vectors are added up in double: single precision is kept to a thousand at a time.
 */
final class Gram {
    private static final int VECTORS_AT_ONCE = 1024;

    private final int f;
    private final double[] sums;

    private Gram(int f) {
        this.f = f;
        this.sums = new double[f * f];
    }

    /**
     * By BLAS.
     *
     * @param vectors count * f, one vector after the other
     * @param f length of a vector
     */
    static Gram of(Blas blas, float[] vectors, int f) {
        Gram gram = new Gram(f);
        float[] block = new float[Math.min(VECTORS_AT_ONCE * f, vectors.length)];
        for (int from = 0; from < vectors.length; from += block.length) {
            int length = Math.min(block.length, vectors.length - from);
            System.arraycopy(vectors, from, block, 0, length);
            float[] sum = new float[f * f];
            blas.addOuterProducts(f, length / f, block, sum);
            gram.add(sum);
        }
        return gram;
    }

    /**
     * In plain Java.
     *
     * @param vectors count * f, one vector after the other
     * @param f length of a vector
     */
    static Gram of(float[] vectors, int f) {
        Gram gram = new Gram(f);
        int count = vectors.length / f;
        NormalEquations block = new NormalEquations(f);
        float[] sum = new float[f * f];
        for (int from = 0; from < count; from += VECTORS_AT_ONCE) {
            block.set(new float[f * f]);
            block.addOuterProducts(vectors, from, Math.min(VECTORS_AT_ONCE, count - from));
            block.copyTo(sum);
            gram.add(sum);
        }
        return gram;
    }

    /** The matrix plus a number on its diagonal: f * f. */
    float[] plusDiagonal(double diagonal) {
        float[] sum = new float[f * f];
        for (int i = 0; i < sum.length; i++) {
            boolean onDiagonal = i % (f + 1) == 0;
            sum[i] = (float) (sums[i] + (onDiagonal ? diagonal : 0));
        }
        return sum;
    }

    private void add(float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sums[i] += sum[i];
        }
    }
}
