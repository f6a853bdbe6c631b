package dev.persona.profiling.segment;

import dev.persona.profiling.profile.Profile;

import java.util.Arrays;

/**
 * A user as a row of numbers: a block of {@link Behaviour}, then a block of interests.
 *
 * <p>The interests are the direction of the interest vector, as its length mostly says how much the
 * user did, which the behaviour says already. What is not known is NaN.
 */
public final class SegmentFeatures {
    /** How many of the numbers are behaviour: the first ones. */
    public static final int BEHAVIOURS = Behaviour.values().length;

    private static final Behaviour[] BLOCK = Behaviour.values();

    private SegmentFeatures() {}

    /**
     * The features of a user.
     *
     * @param interests the interest vector; empty when the user has none
     * @param factors length of the interest vectors; 0 to do without
     * @param now time in milliseconds since 1970
     * @return {@link #BEHAVIOURS} + factors numbers
     * @throws IllegalArgumentException when the vector is of another length
     */
    public static float[] of(Profile profile, float[] interests, int factors, long now) {
        if (interests.length != 0 && interests.length != factors) {
            throw new IllegalArgumentException(
                    "an interest vector must have "
                            + factors
                            + " factors or none, had "
                            + interests.length);
        }
        float[] features = new float[BEHAVIOURS + factors];
        for (int i = 0; i < BEHAVIOURS; i++) {
            features[i] = (float) BLOCK[i].of(profile, now);
        }
        putDirection(interests, features);
        return features;
    }

    private static void putDirection(float[] interests, float[] features) {
        double squares = 0;
        for (float interest : interests) {
            squares += (double) interest * interest;
        }
        if (!(squares > 0) || !Double.isFinite(squares)) {
            // Nothing, and a vector of nothing, has no direction.
            Arrays.fill(features, BEHAVIOURS, features.length, Float.NaN);
            return;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < interests.length; i++) {
            features[BEHAVIOURS + i] = (float) (interests[i] / length);
        }
    }
}
