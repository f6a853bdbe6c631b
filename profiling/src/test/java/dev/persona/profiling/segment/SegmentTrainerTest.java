package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class SegmentTrainerTest {
    private static SegmentTraining suggested(SegmentUsers users) {
        return new SegmentTrainer(SegmentParameters.DEFAULT)
                .train(users, users.factors() == 0 ? 0 : 1, Optional.empty(), () -> false);
    }

    private static int[] kinds(int users, int kinds) {
        return IntStream.range(0, users).map(user -> user % kinds).toArray();
    }

    /**
     * How alike two clusterings are, 1 for the same and about 0 for chance: the index of Hubert and
     * Arabie, Comparing Partitions, Journal of Classification 2 (1985), doi:10.1007/BF01908075.
     */
    private static double adjustedRand(int[] a, int[] b) {
        double both = pairs(IntStream.range(0, a.length).map(i -> a[i] * 1_000 + b[i]).toArray());
        double all = (double) a.length * (a.length - 1) / 2;
        double chance = pairs(a) * pairs(b) / all;
        return (both - chance) / ((pairs(a) + pairs(b)) / 2 - chance);
    }

    /** Number of pairs in the same group. */
    private static double pairs(int[] groups) {
        Map<Integer, Long> sizes = new HashMap<>();
        for (int group : groups) {
            sizes.merge(group, 1L, Long::sum);
        }
        return sizes.values().stream().mapToDouble(n -> n * (n - 1) / 2.0).sum();
    }

    @Test
    void plantedKindsAreFoundAgain() {
        for (int factors : new int[] {0, 16}) {
            SegmentUsers users = new Crowd(5, 8, factors).users(2_000);
            SegmentModel model = Crowd.train(users, 8, 1);

            assertTrue(adjustedRand(kinds(2_000, 8), Crowd.assigned(model, users)) > 0.99);
        }
    }

    @Test
    void kindsAreFoundAgainByUsersOfWhomNotAllIsKnown() {
        Crowd crowd = new Crowd(6, 4, 16);
        List<float[]> features =
                IntStream.range(0, 1_000).mapToObj(u -> crowd.userWithGaps(u % 4)).toList();
        SegmentUsers users = crowd.users(features);
        SegmentModel model = Crowd.train(users, 4, 1);

        assertTrue(adjustedRand(kinds(1_000, 4), Crowd.assigned(model, users)) > 0.95);
    }

    @Test
    void whereThereAreTooManyUsersASampleOfThemFindsTheKindsOfAll() {
        int count = SegmentTrainer.CLUSTERED + 3_000;
        SegmentUsers users = new Crowd(7, 5, 0).users(count);
        SegmentModel model = Crowd.train(users, 5, 1);

        assertTrue(adjustedRand(kinds(count, 5), Crowd.assigned(model, users)) > 0.99);
        assertEquals(count, model.users());
    }

    @Test
    void asManySegmentsAreSuggestedAsWerePlanted() {
        for (int kinds : new int[] {2, 3, 5, 9}) {
            SegmentTraining training = suggested(new Crowd(kinds, kinds, 8).users(600));

            assertEquals(kinds, training.model().segments().size());
            assertEquals(SegmentTrainer.MOST_SUGGESTED - 1, training.silhouettes().size());
            double best = training.silhouettes().get(kinds);
            assertTrue(training.silhouettes().values().stream().allMatch(s -> s <= best));
        }
    }

    @Test
    void noSilhouettesAreTakenWhereTheNumberIsGiven() {
        SegmentTraining training =
                new SegmentTrainer(SegmentParameters.of(3, 1))
                        .train(new Crowd(8, 3, 0).users(60), 0, Optional.empty(), () -> false);

        assertTrue(training.silhouettes().isEmpty());
    }

    @Test
    void theSameUsersMakeTheSameSegments() {
        SegmentUsers users = new Crowd(9, 6, 8).users(3_000);

        assertEquals(
                SegmentJson.toJson(suggested(users).model()),
                SegmentJson.toJson(suggested(users).model()));
    }

    @Test
    void sizesAreThoseOfTheUsersAndTheLargestComesFirst() {
        Crowd crowd = new Crowd(10, 3, 0);
        List<float[]> features = new ArrayList<>();
        int[] sizes = {20, 70, 40};
        for (int kind = 0; kind < 3; kind++) {
            for (int i = 0; i < sizes[kind]; i++) {
                features.add(crowd.user(kind));
            }
        }

        assertEquals(
                List.of(
                        new Segment("s1", Optional.empty(), 70),
                        new Segment("s2", Optional.empty(), 40),
                        new Segment("s3", Optional.empty(), 20)),
                Crowd.train(crowd.users(features), 3, 1).segments());
    }

    @Test
    void asManySegmentsAsUsersWhoDifferAreMadeButNoMore() {
        Crowd crowd = new Crowd(11, 3, 0);
        List<float[]> features = new ArrayList<>();
        for (int user = 0; user < 5; user++) {
            float[] one = crowd.user(user % 3);
            features.addAll(List.of(one, one, one));
        }
        SegmentUsers users = crowd.users(features);

        assertTrue(Crowd.train(users, 5, 1).segments().stream().allMatch(s -> s.size() == 3));
        InsufficientUsersException e =
                assertThrows(InsufficientUsersException.class, () -> Crowd.train(users, 6, 1));
        assertEquals(
                "6 segments take at least as many users who differ, there were 5", e.getMessage());
    }

    @Test
    void ofTooFewUsersNoNumberIsSuggested() {
        Crowd crowd = new Crowd(12, 2, 0);
        for (int count = 0; count < 3; count++) {
            SegmentUsers users = crowd.users(count);
            InsufficientUsersException e =
                    assertThrows(InsufficientUsersException.class, () -> suggested(users));
            assertTrue(e.getMessage().endsWith("there were " + count), e.getMessage());
        }
        assertEquals(2, suggested(crowd.users(3)).model().segments().size());
    }

    @Test
    void aNumberOutOfBoundsIsRefused() {
        for (int segments : new int[] {1, 101}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> SegmentParameters.of(segments, 1));
            assertEquals("[segments] must be between 2 and 100, was " + segments, e.getMessage());
        }
    }

    @Test
    void aGenerationWithoutVectorsIsRefused() {
        SegmentUsers users = new Crowd(14, 2, 0).users(10);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new SegmentTrainer(SegmentParameters.DEFAULT)
                                        .train(users, 3, Optional.empty(), () -> false));

        assertTrue(e.getMessage().endsWith("was 3 with 0 factors"), e.getMessage());
    }

    @Test
    void aTrainingStopsOnceCancelled() {
        SegmentUsers users = new Crowd(13, 3, 0).users(3_000);
        for (int after : new int[] {0, 1, 10}) {
            AtomicInteger asked = new AtomicInteger();
            assertThrows(
                    CancellationException.class,
                    () ->
                            new SegmentTrainer(SegmentParameters.DEFAULT)
                                    .train(
                                            users,
                                            0,
                                            Optional.empty(),
                                            () -> asked.getAndIncrement() >= after));
            assertEquals(after + 1, asked.get());
        }
    }
}
