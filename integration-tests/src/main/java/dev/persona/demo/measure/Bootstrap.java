package dev.persona.demo.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13):
 * sessions are drawn again with replacement, and the middle 95% of the resampled figure is the
 * interval. Seeded, so that the same figures give the same interval.
 */
public final class Bootstrap {

    private static final int RESAMPLES = 2000;
    private static final double TAIL = 0.025;

    /**
     * A 95% interval.
     *
     * @param low lower end
     * @param high upper end
     */
    public record Interval(double low, double high) {}

    private Bootstrap() {}

    /**
     * Interval of the mean.
     *
     * @param values one for each session, at least one
     */
    public static Interval ofMean(double[] values, long seed) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return ofRatio(values, ones, seed);
    }

    /**
     * Interval of the ratio of two means over the same sessions, resampled in pairs.
     *
     * @param above values of the numerator, one for each session
     * @param below values of the denominator, as many
     */
    public static Interval ofRatio(double[] above, double[] below, long seed) {
        if (above.length == 0 || above.length != below.length) {
            throw new IllegalArgumentException(
                    "needs as many values above as below and at least one, were "
                            + above.length
                            + " and "
                            + below.length);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] figures = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sumAbove = 0;
            double sumBelow = 0;
            for (int i = 0; i < above.length; i++) {
                int drawn = random.nextInt(above.length);
                sumAbove += above[drawn];
                sumBelow += below[drawn];
            }
            figures[r] = sumAbove / sumBelow;
        }
        Arrays.sort(figures);
        int low = (int) Math.floor(TAIL * (RESAMPLES - 1));
        return new Interval(figures[low], figures[RESAMPLES - 1 - low]);
    }
}
