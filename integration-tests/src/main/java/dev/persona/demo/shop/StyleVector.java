package dev.persona.demo.shop;

import java.util.random.RandomGenerator;

/** Unit vectors over the styles of the vocabulary. */
final class StyleVector {

    private static final double SECOND = 0.5;
    private static final double NOISE = 0.15;

    private StyleVector() {}

    /**
     * A style of somebody or something: mostly one of the styles, to some degree a second, and a
     * little of anything. Two of them are alike, with a cosine near 0.9, when they share the first,
     * and have little in common otherwise.
     */
    static double[] random(int styles, RandomGenerator random) {
        double[] vector = new double[styles];
        for (int i = 0; i < styles; i++) {
            vector[i] = NOISE * random.nextGaussian();
        }
        vector[random.nextInt(styles)] += 1;
        vector[random.nextInt(styles)] += SECOND;
        return normalize(vector);
    }

    /** The direction of {@code weight * a + (1 - weight) * b}. */
    static double[] blend(double weight, double[] a, double[] b) {
        double[] vector = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            vector[i] = weight * a[i] + (1 - weight) * b[i];
        }
        return normalize(vector);
    }

    /** The cosine of two unit vectors. */
    static double cosine(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] normalize(double[] vector) {
        double length = Math.sqrt(cosine(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
