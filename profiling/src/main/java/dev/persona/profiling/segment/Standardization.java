package dev.persona.profiling.segment;

import java.util.Arrays;

/**
 * How features are made comparable: means and deviations learned from the users of a training.
 *
 * <p>A number of behaviour is measured in standard deviations from its mean, at most {@value
 * #MOST_DEVIATIONS}: hardly anybody does what only few do, and these few would otherwise be
 * segments of their own, however alike they are in all else. Interests are measured from their mean
 * too, but in one deviation for all of them, the root of their mean variance: factors have no
 * meaning one by one, and stretching each by itself would undo which directions are alike.
 *
 * <p>Each block is divided by the root of its number of dimensions that vary, so that behaviour and
 * interests weigh the same: over the users of the training the variance of each block is 1, but for
 * what is cut off. What is not known is put at the mean, which is 0, and so is what is the same for
 * all.
 */
public final class Standardization {
    /**
     * Behaviour that varies less counts as the same for all: it is a hundredth of a price, of a
     * share, or a quarter of an hour. To be measured in less than that would make days go by in an
     * instant for users who all came within a minute.
     */
    static final double LEAST_DEVIATION = 0.01;

    /** What is further off counts as if it were that far. */
    static final double MOST_DEVIATIONS = 3;

    private final float[] means;
    private final float[] deviations;

    /** What a difference from the mean is multiplied with; 0 where nothing varies. */
    private final double[] scales;

    /** What a value is at most away from 0. */
    private final double behaviourBound;

    /**
     * @param means {@code float[SegmentFeatures.BEHAVIOURS + factors]}; not copied
     * @param deviations as many, not negative; not copied
     * @throws IllegalArgumentException when they are not as many, or not finite
     */
    Standardization(float[] means, float[] deviations) {
        requireFinite("means", means);
        requireFinite("deviations", deviations);
        if (means.length < SegmentFeatures.BEHAVIOURS || means.length != deviations.length) {
            throw new IllegalArgumentException(
                    "[means] and [deviations] must be at least "
                            + SegmentFeatures.BEHAVIOURS
                            + " and as many of one as of the other, were "
                            + means.length
                            + " and "
                            + deviations.length);
        }
        for (float deviation : deviations) {
            if (deviation < 0) {
                throw new IllegalArgumentException(
                        "[deviations] must be at least 0, one was " + deviation);
            }
        }
        this.means = means;
        this.deviations = deviations;
        this.scales = new double[means.length];
        double behaviour = putScales(0, SegmentFeatures.BEHAVIOURS);
        putScales(SegmentFeatures.BEHAVIOURS, means.length);
        this.behaviourBound = MOST_DEVIATIONS * behaviour;
    }

    private static void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "[" + name + "] must be finite, one was " + value);
            }
        }
    }

    /** Gives back by what the block is divided, as a factor. */
    private double putScales(int from, int to) {
        int varying = 0;
        for (int i = from; i < to; i++) {
            varying += deviations[i] > 0 ? 1 : 0;
        }
        double block = varying == 0 ? 0 : 1 / Math.sqrt(varying);
        for (int i = from; i < to; i++) {
            scales[i] = deviations[i] > 0 ? block / deviations[i] : 0;
        }
        return block;
    }

    /**
     * Learns from users, by the updates of Welford (Technometrics 1962,
     * doi:10.1080/00401706.1962.10490022), which lose no digits where the mean is large.
     */
    static Standardization of(SegmentUsers users) {
        int dimensions = users.dimensions();
        double[] means = new double[dimensions];
        double[] squares = new double[dimensions];
        long[] known = new long[dimensions];
        for (int user = 0; user < users.size(); user++) {
            float[] features = users.features(user);
            for (int i = 0; i < dimensions; i++) {
                if (!Float.isNaN(features[i])) {
                    double difference = features[i] - means[i];
                    means[i] += difference / ++known[i];
                    squares[i] += difference * (features[i] - means[i]);
                }
            }
        }
        double[] variances = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            variances[i] = known[i] == 0 ? 0 : squares[i] / known[i];
        }
        Arrays.fill(
                variances,
                SegmentFeatures.BEHAVIOURS,
                dimensions,
                Arrays.stream(variances, SegmentFeatures.BEHAVIOURS, dimensions)
                        .average()
                        .orElse(0));
        float[] deviations = new float[dimensions];
        float[] roundedMeans = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            double deviation = Math.sqrt(variances[i]);
            boolean varies = i >= SegmentFeatures.BEHAVIOURS || deviation >= LEAST_DEVIATION;
            deviations[i] = varies ? (float) deviation : 0;
            roundedMeans[i] = (float) means[i];
        }
        return new Standardization(roundedMeans, deviations);
    }

    /** Length of a user's features. */
    public int dimensions() {
        return means.length;
    }

    /** Length of the interest vectors. */
    public int factors() {
        return means.length - SegmentFeatures.BEHAVIOURS;
    }

    /** The mean of a dimension over the users who have it. */
    public double mean(int dimension) {
        return means[dimension];
    }

    /** The deviation that a dimension is measured in; 0 where nothing varies. */
    public double deviation(int dimension) {
        return deviations[dimension];
    }

    /**
     * A user's features as what distances are taken between.
     *
     * @throws IllegalArgumentException when there are not as many features as were learned from
     */
    double[] apply(float[] features) {
        if (features.length != means.length) {
            throw new IllegalArgumentException(
                    "a user must have " + means.length + " features, had " + features.length);
        }
        double[] point = new double[means.length];
        for (int i = 0; i < point.length; i++) {
            double value = (features[i] - (double) means[i]) * scales[i];
            if (i < SegmentFeatures.BEHAVIOURS) {
                value = Math.clamp(value, -behaviourBound, behaviourBound);
            }
            point[i] = Double.isNaN(value) ? 0 : value;
        }
        return point;
    }
}
