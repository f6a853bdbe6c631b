package dev.persona.profiling.factorization;

import java.util.Arrays;

/** In plain Java, for a virtual machine without the Vector API. */
final class PlainKernel implements FloatKernel {
    @Override
    public float dot(float[] a, float[] b, int n) {
        return dot(a, 0, b, n);
    }

    /** Four sums side by side: one alone would wait for its last addition each time. */
    private static float dot(float[] a, int from, float[] b, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            s0 += a[from + i] * b[i];
            s1 += a[from + i + 1] * b[i + 1];
            s2 += a[from + i + 2] * b[i + 2];
            s3 += a[from + i + 3] * b[i + 3];
        }
        for (; i < n; i++) {
            s0 += a[from + i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void addScaled(float s, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] += s * x[i];
        }
    }

    @Override
    public void scaleAndAdd(float s, float[] y, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] + s * y[i];
        }
    }

    @Override
    public void times(float[] symmetric, float[] x, float[] out, int n) {
        Arrays.fill(out, 0, n, 0f);
        for (int row = 0; row < n; row++) {
            add(x[row], symmetric, row * n, out, n);
        }
    }

    @Override
    public void addProjections(RowEntries entries, float[] x, float[] out, int n) {
        for (int k = entries.from; k < entries.to; k++) {
            int at = entries.columns[k] * n;
            add(entries.above(k) * dot(entries.vectors, at, x, n), entries.vectors, at, out, n);
        }
    }

    @Override
    public double addProjectionsAndColumns(
            RowEntries entries, float[] x, float[] out, float[] combined, int n) {
        double confidences = 0;
        for (int k = entries.from; k < entries.to; k++) {
            int at = entries.columns[k] * n;
            float above = entries.above(k);
            float confidence = RowEntries.confidence(above);
            add(above * dot(entries.vectors, at, x, n), entries.vectors, at, out, n);
            add(confidence, entries.vectors, at, combined, n);
            confidences += confidence;
        }
        return confidences;
    }

    private static void add(float s, float[] x, int from, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] += s * x[from + i];
        }
    }
}
