package dev.persona.profiling.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Features of made-up users of a few kinds, who come in turns: user u is of kind u % kinds. */
final class Crowd {
    private static final double NOISE = 0.5;

    /** Of a row with gaps, one number in so many is not known. */
    private static final int NUMBERS_PER_GAP = 10;

    private final Random random;
    private final int kinds;
    private final int factors;
    private final double[][] middles;

    /**
     * @param seed of what the kinds are like, and of how the users of a kind differ
     */
    Crowd(long seed, int kinds, int factors) {
        this.random = new Random(seed);
        this.kinds = kinds;
        this.factors = factors;
        this.middles = new double[kinds][SegmentFeatures.BEHAVIOURS + factors];
        for (double[] middle : middles) {
            Arrays.setAll(middle, i -> 2 * random.nextGaussian());
        }
    }

    /** The features of one more user of a kind. */
    float[] user(int kind) {
        float[] features = new float[SegmentFeatures.BEHAVIOURS + factors];
        double squares = 0;
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (middles[kind][i] + NOISE * random.nextGaussian());
            squares += i < SegmentFeatures.BEHAVIOURS ? 0 : features[i] * features[i];
        }
        for (int i = SegmentFeatures.BEHAVIOURS; i < features.length; i++) {
            features[i] /= (float) Math.sqrt(squares);
        }
        return features;
    }

    /** The same with gaps. */
    float[] userWithGaps(int kind) {
        float[] features = user(kind);
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextInt(NUMBERS_PER_GAP) == 0 ? Float.NaN : features[i];
        }
        return features;
    }

    /** So many users, none of whom has been in a segment. */
    SegmentUsers users(int count) {
        return users(IntStream.range(0, count).mapToObj(u -> user(u % kinds)).toList());
    }

    SegmentUsers users(List<float[]> features) {
        return users(features, factors, user -> Optional.empty());
    }

    static SegmentUsers users(
            List<float[]> features, int factors, IntFunction<Optional<String>> earlier) {
        SegmentUsers.Builder users = SegmentUsers.builder(factors);
        for (int user = 0; user < features.size(); user++) {
            users.add(features.get(user), earlier.apply(user));
        }
        return users.build();
    }

    static List<float[]> features(SegmentUsers users) {
        return IntStream.range(0, users.size()).mapToObj(users::features).toList();
    }

    /** The segment of each user. */
    static int[] assigned(SegmentModel model, SegmentUsers users) {
        return IntStream.range(0, users.size())
                .map(user -> model.segment(users.features(user)))
                .toArray();
    }

    /** The name of the segment of each user. */
    static List<String> names(SegmentModel model, SegmentUsers users) {
        return IntStream.of(assigned(model, users))
                .mapToObj(segment -> model.segments().get(segment).name())
                .toList();
    }

    /** Users with the names that a model gives them. */
    static SegmentUsers named(SegmentUsers users, SegmentModel model, SegmentUsers seen) {
        List<String> names = names(model, seen);
        return users(features(users), users.factors(), user -> Optional.of(names.get(user)));
    }

    /** So many segments, not named after others. */
    static SegmentModel train(SegmentUsers users, int segments, long seed) {
        return train(users, segments, seed, Optional.empty());
    }

    static SegmentModel train(
            SegmentUsers users, int segments, long seed, Optional<SegmentModel> previous) {
        return new SegmentTrainer(SegmentParameters.of(segments, seed))
                .train(users, users.factors() == 0 ? 0 : 1, previous, () -> false)
                .model();
    }
}
