package dev.persona.bench;

import java.util.Arrays;
import java.util.Collection;

/** Percentiles by nearest rank: each is a value that was measured. */
public final class Percentiles {

    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of these values, in any order. */
    public static Percentiles of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Percentiles(sorted);
    }

    /** Of these values, in any order. */
    public static Percentiles of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /**
     * The smallest value that is not below so many of all.
     *
     * @param percent above 0, at most 100
     * @return NaN when nothing was measured
     */
    public double at(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a percentile is above 0 to 100, was " + percent);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
    }

    /** The middle value; the mean of the two in the middle of an even number. */
    public double median() {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
