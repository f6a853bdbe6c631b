package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class StandardizationTest {
    private static final int BEHAVIOURS = SegmentFeatures.BEHAVIOURS;

    private static SegmentUsers users(List<float[]> features) {
        return Crowd.users(features, features.get(0).length - BEHAVIOURS, u -> Optional.empty());
    }

    private static List<float[]> withGaps(int factors) {
        Crowd crowd = new Crowd(1, 3, factors);
        List<float[]> features = new ArrayList<>();
        for (int user = 0; user < 500; user++) {
            features.add(crowd.userWithGaps(user % 3));
        }
        return features;
    }

    private static double[] known(List<float[]> features, int dimension) {
        return features.stream()
                .mapToDouble(f -> f[dimension])
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }

    @Test
    void usersWhoAllCameWithinAMinuteDoNotDifferInWhenTheyCame() {
        List<float[]> features = withGaps(0);
        int days = Behaviour.DAYS_SINCE_FIRST_EVENT.ordinal();
        for (int user = 0; user < features.size(); user++) {
            features.get(user)[days] = (float) Math.log1p(1 + user % 60 / 86_400.0);
        }
        Standardization standardization = Standardization.of(users(features));

        assertEquals(0, standardization.deviation(days));
        features.get(0)[days] = (float) Math.log1p(2);
        assertEquals(0, standardization.apply(features.get(0))[days]);
    }

    @Test
    void meansAndDeviationsAreThoseOfTheUsersWhoHaveTheNumber() {
        List<float[]> features = withGaps(4);
        Standardization standardization = Standardization.of(users(features));

        double ofInterests = 0;
        for (int i = BEHAVIOURS; i < BEHAVIOURS + 4; i++) {
            ofInterests += variance(known(features, i)) / 4;
        }
        for (int i = 0; i < BEHAVIOURS + 4; i++) {
            double[] values = known(features, i);
            double variance = i < BEHAVIOURS ? variance(values) : ofInterests;
            assertEquals(mean(values), standardization.mean(i), 1e-6);
            assertEquals(Math.sqrt(variance), standardization.deviation(i), 1e-6);
        }
    }

    @Test
    void noDigitsAreLostWhereTheMeanIsLarge() {
        List<float[]> features = new ArrayList<>();
        for (int user = 0; user < 100_000; user++) {
            float[] row = new float[BEHAVIOURS];
            row[0] = 16_000_000 + user % 2;
            features.add(row);
        }

        assertEquals(0.5, Standardization.of(users(features)).deviation(0), 1e-6);
    }

    @Test
    void behaviourAndInterestsWeighTheSame() {
        Random random = new Random(3);
        List<float[]> features = new ArrayList<>();
        for (int user = 0; user < 2_000; user++) {
            float[] row = new float[BEHAVIOURS + 64];
            for (int i = 0; i < row.length; i++) {
                // Evenly spread, no number is cut off.
                row[i] = (float) (i * random.nextDouble());
            }
            features.add(row);
        }
        Standardization standardization = Standardization.of(users(features));

        double[] sums = new double[2];
        for (float[] row : features) {
            double[] point = standardization.apply(row);
            for (int i = 0; i < point.length; i++) {
                sums[i < BEHAVIOURS ? 0 : 1] += point[i] * point[i] / features.size();
            }
        }
        assertEquals(1, sums[0], 1e-6);
        assertEquals(1, sums[1], 1e-6);
    }

    @Test
    void whatIsNotKnownIsAtTheMeanAndWhatIsTheSameForAllTellsNothing() {
        List<float[]> features = withGaps(2);
        features.forEach(row -> row[3] = 0.1f);
        Standardization standardization = Standardization.of(users(features));

        float[] unknown = new float[BEHAVIOURS + 2];
        Arrays.fill(unknown, Float.NaN);
        assertArrayEquals(new double[BEHAVIOURS + 2], standardization.apply(unknown));
        float[] other = features.get(0).clone();
        other[3] = 1_000;
        assertArrayEquals(standardization.apply(features.get(0)), standardization.apply(other));
    }

    @Test
    void whatIsFarOffCountsAsThreeDeviations() {
        List<float[]> features = new ArrayList<>();
        for (int user = 0; user < 1_000; user++) {
            float[] row = new float[BEHAVIOURS];
            row[0] = user == 0 ? 1 : 0;
            row[1] = user % 2;
            features.add(row);
        }
        double[] point = Standardization.of(users(features)).apply(features.get(0));

        assertEquals(3 / Math.sqrt(2), point[0], 1e-6);
        assertEquals(-1 / Math.sqrt(2), point[1], 1e-6);
    }

    /** Factors are found but for a rotation: what is alike must not depend on which one it is. */
    @Test
    void distancesBetweenInterestsAreTheSameAfterARotation() {
        Crowd crowd = new Crowd(4, 3, 2);
        List<float[]> features = Crowd.features(crowd.users(90));
        List<float[]> rotated = features.stream().map(StandardizationTest::rotated).toList();
        Standardization of = Standardization.of(users(features));
        Standardization ofRotated = Standardization.of(users(rotated));

        for (int i = 1; i < features.size(); i++) {
            assertEquals(
                    Distance.squared(of.apply(features.get(0)), of.apply(features.get(i))),
                    Distance.squared(
                            ofRotated.apply(rotated.get(0)), ofRotated.apply(rotated.get(i))),
                    1e-5);
        }
    }

    private static float[] rotated(float[] features) {
        float[] rotated = features.clone();
        double cos = Math.cos(0.7);
        double sin = Math.sin(0.7);
        float x = features[BEHAVIOURS];
        float y = features[BEHAVIOURS + 1];
        rotated[BEHAVIOURS] = (float) (cos * x - sin * y);
        rotated[BEHAVIOURS + 1] = (float) (sin * x + cos * y);
        return rotated;
    }

    @Test
    void asManyFeaturesAsLearnedFromAreNeeded() {
        Standardization standardization = Standardization.of(users(withGaps(2)));

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> standardization.apply(new float[BEHAVIOURS]));
        assertTrue(e.getMessage().contains(BEHAVIOURS + 2 + " features"), e.getMessage());
    }
}
