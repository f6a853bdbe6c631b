package dev.persona.demo.measure;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Normalised discounted cumulated gain (Järvelin and Kekäläinen 2002, "Cumulated gain-based
 * evaluation of IR techniques", ACM TOIS 20(4)), cut off after a number of ranks.
 *
 * <p>The gain of a hit is its grade, as in the paper; binary relevance is grades 0 and 1. The hit
 * at rank r, from 1, is discounted by {@code log2(r + 1)}, so that the second rank counts less than
 * the first; the paper starts discounting after its log base.
 */
public final class Ndcg {

    private final int ranks;

    /**
     * @param ranks how many of the first ranks count, such as 10
     */
    public Ndcg(int ranks) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks must be at least 1, was " + ranks);
        }
        this.ranks = ranks;
    }

    /**
     * Gain of an order relative to the best order of the same hits, 0 to 1.
     *
     * @param grades of all hits in the order to be measured, also of those after the cut-off: they
     *     are what a better order could have had; none below 0
     * @return empty when no hit is relevant, for then every order is as good
     */
    public OptionalDouble of(int[] grades) {
        int[] best = grades.clone();
        Arrays.sort(best);
        if (best.length > 0 && best[0] < 0) {
            throw new IllegalArgumentException("grades must be at least 0, found " + best[0]);
        }
        for (int i = 0, j = best.length - 1; i < j; i++, j--) {
            int swapped = best[i];
            best[i] = best[j];
            best[j] = swapped;
        }
        double ideal = discountedGain(best);
        return ideal == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(discountedGain(grades) / ideal);
    }

    private double discountedGain(int[] grades) {
        double gain = 0;
        for (int i = 0; i < Math.min(ranks, grades.length); i++) {
            gain += grades[i] * Math.log(2) / Math.log(i + 2);
        }
        return gain;
    }
}
