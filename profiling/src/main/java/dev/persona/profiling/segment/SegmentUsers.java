package dev.persona.profiling.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The users that segments are made of: the features of each, and the name of the segment that the
 * user has been in so far.
 *
 * <p>Each user's features are an array of their own, {@code float[SegmentFeatures.BEHAVIOURS +
 * factors]}: of 100,000 users with 64 factors that is 34 MB, and no copy is made while it grows.
 */
public final class SegmentUsers {
    private final int factors;
    private final float[][] features;
    private final List<Optional<String>> earlier;

    private SegmentUsers(int factors, float[][] features, List<Optional<String>> earlier) {
        this.factors = factors;
        this.features = features;
        this.earlier = earlier;
    }

    /**
     * Nobody yet.
     *
     * @param factors length of the interest vectors; 0 to do without
     */
    public static Builder builder(int factors) {
        return new Builder(factors);
    }

    /** Length of the interest vectors. */
    public int factors() {
        return factors;
    }

    /** Length of a user's features. */
    public int dimensions() {
        return SegmentFeatures.BEHAVIOURS + factors;
    }

    /** The number of users. */
    public int size() {
        return features.length;
    }

    /** The features of a user: no copy, to be read only. */
    public float[] features(int user) {
        return features[user];
    }

    /** The name of the segment that a user has been in so far. */
    public Optional<String> earlier(int user) {
        return earlier.get(user);
    }

    /** Takes users in one after the other. */
    public static final class Builder {
        private final int factors;
        private final List<float[]> features = new ArrayList<>();
        private final List<Optional<String>> earlier = new ArrayList<>();

        /** One object for each name, of which few come from storage many times. */
        private final Map<String, Optional<String>> names = new HashMap<>();

        private Builder(int factors) {
            if (factors < 0) {
                throw new IllegalArgumentException("factors must be at least 0, was " + factors);
            }
            this.factors = factors;
        }

        /**
         * Adds a user.
         *
         * @param ofUser what {@link SegmentFeatures#of} gives; not copied, and not to be changed
         *     from here on
         * @param segment name of the segment that the user has been in so far
         * @throws IllegalArgumentException when there are not as many features as it takes
         */
        public void add(float[] ofUser, Optional<String> segment) {
            if (ofUser.length != SegmentFeatures.BEHAVIOURS + factors) {
                throw new IllegalArgumentException(
                        "a user must have "
                                + (SegmentFeatures.BEHAVIOURS + factors)
                                + " features, had "
                                + ofUser.length);
            }
            features.add(ofUser);
            earlier.add(segment.flatMap(name -> names.computeIfAbsent(name, Optional::of)));
        }

        /** How many there are. */
        public int size() {
            return features.size();
        }

        /** The users; nobody can be added afterwards. */
        public SegmentUsers build() {
            return new SegmentUsers(
                    factors, features.toArray(float[][]::new), List.copyOf(earlier));
        }
    }
}
