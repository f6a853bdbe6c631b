package dev.persona.metric;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

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
        this.ranks = Ranks.require(ranks);
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

    /**
     * Gain of a list relative to one that has all relevant items first, 0 to 1; every relevant item
     * has grade 1.
     *
     * @param list best first, no item twice
     * @param relevant at least one, in the list or not
     */
    public double of(List<String> list, Set<String> relevant) {
        Ranks.requireRelevant(relevant);
        // What the list lacks stands behind the cut-off, where only the ideal sees it.
        int[] grades = new int[Math.max(ranks, list.size()) + relevant.size()];
        int lacking = relevant.size();
        for (int i = 0; i < list.size(); i++) {
            if (relevant.contains(list.get(i))) {
                grades[i] = 1;
                lacking--;
            }
        }
        Arrays.fill(grades, grades.length - lacking, grades.length, 1);
        return of(grades).orElseThrow();
    }

    private double discountedGain(int[] grades) {
        double gain = 0;
        for (int i = 0; i < Math.min(ranks, grades.length); i++) {
            gain += grades[i] * Math.log(2) / Math.log(i + 2);
        }
        return gain;
    }
}
