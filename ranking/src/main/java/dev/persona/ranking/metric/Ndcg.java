package dev.persona.ranking.metric;

import java.util.Arrays;

/**
 * Normalised discounted cumulative gain of the first k places (Järvelin and Kekäläinen 2002): gain
 * 2^grade - 1, discount log2(1 + place), divided by that of the best possible order of the list.
 */
public final class Ndcg {
    private final int k;

    /**
     * @param k how many places count, at least 1
     * @throws IllegalArgumentException when it is less
     */
    public Ndcg(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, was " + k);
        }
        this.k = k;
    }

    /**
     * The measure of one list.
     *
     * @param grades grade of each item in the order that is judged, each at least 0
     * @return from 0 to 1; NaN when no item has a grade above 0, as any order is then as good
     */
    public double of(int[] grades) {
        int[] best = grades.clone();
        Arrays.sort(best);
        for (int i = 0, j = best.length - 1; i < j; i++, j--) {
            int swapped = best[i];
            best[i] = best[j];
            best[j] = swapped;
        }
        double ideal = gain(best);
        return ideal == 0 ? Double.NaN : gain(grades) / ideal;
    }

    private double gain(int[] grades) {
        double sum = 0;
        for (int i = 0; i < Math.min(k, grades.length); i++) {
            sum += (Math.pow(2, grades[i]) - 1) / (Math.log(i + 2) / Math.log(2));
        }
        return sum;
    }
}
