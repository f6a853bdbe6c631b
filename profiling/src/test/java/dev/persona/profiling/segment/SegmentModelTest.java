package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.profiling.profile.Profile;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

class SegmentModelTest {
    @Test
    void aUserIsInTheSegmentWhoseCentreIsNearest() {
        Crowd crowd = new Crowd(20, 5, 4);
        SegmentModel model = Crowd.train(crowd.users(500), 5, 1);
        Random random = new Random(20);

        for (int i = 0; i < 500; i++) {
            float[] features = crowd.userWithGaps(i % 5);
            features[random.nextInt(features.length)] += random.nextInt(5);
            assertEquals(nearest(model, features), model.segment(features));
        }
    }

    /** By the definitions, with all distances at hand. */
    private static int nearest(SegmentModel model, float[] features) {
        Standardization standardization = model.standardization();
        int segment = 0;
        double least = Double.MAX_VALUE;
        for (int s = 0; s < model.segments().size(); s++) {
            double squares = 0;
            for (int i = 0; i < features.length; i++) {
                boolean behaviour = i < SegmentFeatures.BEHAVIOURS;
                double z = (features[i] - standardization.mean(i)) / standardization.deviation(i);
                z = Double.isNaN(z) ? 0 : z;
                z = behaviour ? Math.max(-3, Math.min(3, z)) : z;
                z /= Math.sqrt(behaviour ? SegmentFeatures.BEHAVIOURS : model.factors());
                squares += Math.pow(z - model.centres().values()[s * features.length + i], 2);
            }
            if (squares < least) {
                least = squares;
                segment = s;
            }
        }
        return segment;
    }

    @Test
    void aNewUserWhoHasDoneNothingHasASegmentToo() {
        SegmentModel model = Crowd.train(new Crowd(21, 3, 4).users(90), 3, 1);

        Segment segment = model.segment(new Profile(Shoppers.RULES), new float[0], Shoppers.NOW);
        assertTrue(model.segments().contains(segment));
    }

    @Test
    void behaviourAloneTellsTheSegmentOfWhomNoComparableInterestsAreKnown() {
        SegmentModel model = Crowd.train(new Crowd(24, 4, 6).users(200), 4, 1);
        Profile profile = Shoppers.clicking(new Random(24), "acme", 20);

        float[] features = SegmentFeatures.of(profile, new float[0], 6, Shoppers.NOW);
        double[] point = model.standardization().apply(features);
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int s = 0; s < 4; s++) {
            double squares = 0;
            for (int i = 0; i < SegmentFeatures.BEHAVIOURS; i++) {
                squares += Math.pow(point[i] - model.centres().values()[s * point.length + i], 2);
            }
            nearest = squares < least ? s : nearest;
            least = Math.min(least, squares);
        }
        assertEquals(
                model.segments().get(nearest), model.segmentByBehaviour(profile, Shoppers.NOW));
    }

    @Test
    void aLabelIsGivenAndTakenBack() {
        SegmentModel model = Crowd.train(new Crowd(22, 2, 0).users(20), 2, 1);

        SegmentModel labelled = model.withLabel("s2", Optional.of("night owls"));
        assertEquals(Optional.of("night owls"), labelled.segments().get(1).label());
        assertEquals(model.segments().get(0), labelled.segments().get(0));
        assertEquals(model.segments(), labelled.withLabel("s2", Optional.empty()).segments());
        assertEquals(OptionalInt.of(1), labelled.indexOf("s2"));
        assertEquals(OptionalInt.empty(), labelled.indexOf("s3"));
    }

    @Test
    void aLabelOfNoSegmentAndOneThatIsNoneAreRefused() {
        SegmentModel model = Crowd.train(new Crowd(23, 2, 0).users(20), 2, 1);

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> model.withLabel("s7", Optional.of("x")));
        assertEquals("there is no segment [s7], there are [s1, s2]", e.getMessage());
        for (String label : List.of("", "  ", "x".repeat(101))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> model.withLabel("s1", Optional.of(label)));
        }
    }
}
