package dev.persona.profiling.factorization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API, as wide as the processor is. What does not fill a vector is done one by one.
 *
 * <p>Sums of products cannot be vectorized by the compiler, as it may not change the order of
 * additions. Four vectors are done at once: their sums do not wait for each other, and what they
 * share is loaded once.
 */
final class SimdKernel implements FloatKernel {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = LANES.length();

    // Lanes further on, from the beginning again after the last.
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(LANES, 8, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(LANES, 4, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(LANES, 2, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(LANES, 1, 1, true);

    /**
     * The sum of all lanes, always added in the same order: reduceLanes may add them in another one
     * once the compiler has been there.
     */
    private static float sumOf(FloatVector vector) {
        FloatVector sum = vector;
        if (WIDTH > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (WIDTH > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (WIDTH > 2) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        if (WIDTH > 1) {
            sum = sum.add(sum.rearrange(BY_1));
        }
        return sum.lane(0);
    }

    @Override
    public float dot(float[] a, float[] b, int n) {
        return dot(a, 0, b, n, LANES.loopBound(n));
    }

    private static float dot(float[] a, int from, float[] b, int n, int bound) {
        FloatVector sum = FloatVector.zero(LANES);
        for (int i = 0; i < bound; i += WIDTH) {
            sum = load(a, from + i).fma(load(b, i), sum);
        }
        return sumOf(sum) + rest(a, from, b, bound, n);
    }

    private static float rest(float[] a, int from, float[] b, int bound, int n) {
        float sum = 0;
        for (int i = bound; i < n; i++) {
            sum += a[from + i] * b[i];
        }
        return sum;
    }

    @Override
    public void addScaled(float s, float[] x, float[] y, int n) {
        add(s, x, 0, y, n, LANES.loopBound(n));
    }

    private static void add(float s, float[] x, int from, float[] y, int n, int bound) {
        FloatVector scale = FloatVector.broadcast(LANES, s);
        for (int i = 0; i < bound; i += WIDTH) {
            load(x, from + i).fma(scale, load(y, i)).intoArray(y, i);
        }
        for (int i = bound; i < n; i++) {
            y[i] += s * x[from + i];
        }
    }

    @Override
    public void scaleAndAdd(float s, float[] y, float[] x, int n) {
        FloatVector scale = FloatVector.broadcast(LANES, s);
        int bound = LANES.loopBound(n);
        for (int i = 0; i < bound; i += WIDTH) {
            load(y, i).fma(scale, load(x, i)).intoArray(y, i);
        }
        for (int i = bound; i < n; i++) {
            y[i] = x[i] + s * y[i];
        }
    }

    /** Column by column of four vectors, whose sums stay in registers over all rows. */
    @Override
    public void times(float[] symmetric, float[] x, float[] out, int n) {
        int i = 0;
        for (; i + 4 * WIDTH <= n; i += 4 * WIDTH) {
            FloatVector s0 = FloatVector.zero(LANES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int row = 0, at = i; row < n; row++, at += n) {
                FloatVector scale = FloatVector.broadcast(LANES, x[row]);
                s0 = load(symmetric, at).fma(scale, s0);
                s1 = load(symmetric, at + WIDTH).fma(scale, s1);
                s2 = load(symmetric, at + 2 * WIDTH).fma(scale, s2);
                s3 = load(symmetric, at + 3 * WIDTH).fma(scale, s3);
            }
            s0.intoArray(out, i);
            s1.intoArray(out, i + WIDTH);
            s2.intoArray(out, i + 2 * WIDTH);
            s3.intoArray(out, i + 3 * WIDTH);
        }
        for (; i + WIDTH <= n; i += WIDTH) {
            FloatVector sum = FloatVector.zero(LANES);
            for (int row = 0, at = i; row < n; row++, at += n) {
                sum = load(symmetric, at).fma(FloatVector.broadcast(LANES, x[row]), sum);
            }
            sum.intoArray(out, i);
        }
        for (; i < n; i++) {
            out[i] = dot(symmetric, i * n, x, n, LANES.loopBound(n));
        }
    }

    @Override
    public void addProjections(RowEntries entries, float[] x, float[] out, int n) {
        float[] vectors = entries.vectors;
        int[] columns = entries.columns;
        int bound = LANES.loopBound(n);
        int k = entries.from;
        for (; k + 4 <= entries.to; k += 4) {
            int at0 = columns[k] * n;
            int at1 = columns[k + 1] * n;
            int at2 = columns[k + 2] * n;
            int at3 = columns[k + 3] * n;
            FloatVector s0 = FloatVector.zero(LANES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = 0; i < bound; i += WIDTH) {
                FloatVector part = load(x, i);
                s0 = load(vectors, at0 + i).fma(part, s0);
                s1 = load(vectors, at1 + i).fma(part, s1);
                s2 = load(vectors, at2 + i).fma(part, s2);
                s3 = load(vectors, at3 + i).fma(part, s3);
            }
            float c0 = sumOf(s0) + rest(vectors, at0, x, bound, n);
            float c1 = sumOf(s1) + rest(vectors, at1, x, bound, n);
            float c2 = sumOf(s2) + rest(vectors, at2, x, bound, n);
            float c3 = sumOf(s3) + rest(vectors, at3, x, bound, n);
            c0 *= entries.above(k);
            c1 *= entries.above(k + 1);
            c2 *= entries.above(k + 2);
            c3 *= entries.above(k + 3);
            FloatVector scale0 = FloatVector.broadcast(LANES, c0);
            FloatVector scale1 = FloatVector.broadcast(LANES, c1);
            FloatVector scale2 = FloatVector.broadcast(LANES, c2);
            FloatVector scale3 = FloatVector.broadcast(LANES, c3);
            for (int i = 0; i < bound; i += WIDTH) {
                FloatVector sum = load(out, i);
                sum = load(vectors, at0 + i).fma(scale0, sum);
                sum = load(vectors, at1 + i).fma(scale1, sum);
                sum = load(vectors, at2 + i).fma(scale2, sum);
                sum = load(vectors, at3 + i).fma(scale3, sum);
                sum.intoArray(out, i);
            }
            for (int i = bound; i < n; i++) {
                out[i] += c0 * vectors[at0 + i] + c1 * vectors[at1 + i];
                out[i] += c2 * vectors[at2 + i] + c3 * vectors[at3 + i];
            }
        }
        for (; k < entries.to; k++) {
            int at = columns[k] * n;
            float projected = entries.above(k) * dot(vectors, at, x, n, bound);
            add(projected, vectors, at, out, n, bound);
        }
    }

    @Override
    public double addProjectionsAndColumns(
            RowEntries entries, float[] x, float[] out, float[] combined, int n) {
        float[] vectors = entries.vectors;
        int bound = LANES.loopBound(n);
        double confidences = 0;
        for (int k = entries.from; k < entries.to; k++) {
            int at = entries.columns[k] * n;
            float above = entries.above(k);
            float confidence = RowEntries.confidence(above);
            float projected = above * dot(vectors, at, x, n, bound);
            FloatVector scale = FloatVector.broadcast(LANES, projected);
            FloatVector weight = FloatVector.broadcast(LANES, confidence);
            for (int i = 0; i < bound; i += WIDTH) {
                FloatVector part = load(vectors, at + i);
                part.fma(scale, load(out, i)).intoArray(out, i);
                part.fma(weight, load(combined, i)).intoArray(combined, i);
            }
            for (int i = bound; i < n; i++) {
                out[i] += projected * vectors[at + i];
                combined[i] += confidence * vectors[at + i];
            }
            confidences += confidence;
        }
        return confidences;
    }

    private static FloatVector load(float[] array, int at) {
        return FloatVector.fromArray(LANES, array, at);
    }
}
