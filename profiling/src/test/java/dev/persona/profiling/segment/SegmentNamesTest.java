package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class SegmentNamesTest {
    private static final String NEWCOMER = "";

    /** The users of one new segment: so many from each earlier one. */
    private record Users(List<String> earlier) {
        Users and(int count, String name) {
            List<String> all = new ArrayList<>(earlier);
            all.addAll(Collections.nCopies(count, name));
            return new Users(all);
        }
    }

    private static Users users(int count, String name) {
        return new Users(List.of()).and(count, name);
    }

    /** A model of segments with these names. */
    private static SegmentModel model(SegmentNames names) {
        int dimensions = SegmentFeatures.BEHAVIOURS;
        return new SegmentModel(
                new Standardization(new float[dimensions], new float[dimensions]),
                new Centres(dimensions, new float[names.segments().size() * dimensions]),
                names.segments(),
                0,
                names.next());
    }

    private static SegmentNames names(Optional<SegmentModel> previous, Users... segments) {
        SegmentUsers.Builder users = SegmentUsers.builder(0);
        List<Integer> assigned = new ArrayList<>();
        for (int segment = 0; segment < segments.length; segment++) {
            for (String name : segments[segment].earlier()) {
                users.add(
                        new float[SegmentFeatures.BEHAVIOURS],
                        Optional.of(name).filter(n -> !n.equals(NEWCOMER)));
                assigned.add(segment);
            }
        }
        return SegmentNames.of(
                users.build(),
                assigned.stream().mapToInt(i -> i).toArray(),
                segments.length,
                previous);
    }

    private static List<String> of(SegmentNames names) {
        return names.segments().stream().map(Segment::name).toList();
    }

    /** Segments s1, s2 and s3. */
    private static SegmentModel three() {
        return model(
                names(
                        Optional.empty(),
                        users(9, NEWCOMER),
                        users(9, NEWCOMER),
                        users(9, NEWCOMER)));
    }

    private static List<String> after(SegmentModel previous, Users... segments) {
        return of(names(Optional.of(previous), segments));
    }

    @Test
    void everybodyKeepsTheNameOverASeedAndAGenerationThatAreOthers() {
        SegmentUsers users = new Crowd(30, 6, 8).users(1_200);
        SegmentModel first = Crowd.train(users, 6, 1);
        List<String> names = Crowd.names(first, users);
        SegmentUsers again =
                Crowd.users(
                        Crowd.features(users).stream().map(SegmentNamesTest::turned).toList(),
                        8,
                        user -> Optional.of(names.get(user)));

        for (long seed = 2; seed < 6; seed++) {
            SegmentModel second = Crowd.train(again, 6, seed, Optional.of(first));
            assertEquals(names, Crowd.names(second, again));
            assertEquals(first.next(), second.next());
        }
    }

    /** Another generation: each interest is where another one was. */
    private static float[] turned(float[] features) {
        float[] turned = features.clone();
        for (int i = 0; i < 8; i++) {
            turned[SegmentFeatures.BEHAVIOURS + i] =
                    -features[SegmentFeatures.BEHAVIOURS + (i + 3) % 8];
        }
        return turned;
    }

    @Test
    void theFirstSegmentsAreNumberedFromOne() {
        SegmentNames names = names(Optional.empty(), users(2, "s7"), users(1, NEWCOMER));

        assertEquals(List.of("s1", "s2"), of(names));
        assertEquals(3, names.next());
    }

    @Test
    void namesMoveWithThePeople() {
        assertEquals(
                List.of("s3", "s1", "s2"),
                after(
                        three(),
                        users(50, "s3").and(4, "s1"),
                        users(30, "s1").and(9, "s2"),
                        users(40, "s2")));
    }

    @Test
    void ofASegmentThatSplitsTheLargerPartKeepsTheName() {
        assertEquals(
                List.of("s2", "s4", "s1", "s3"),
                after(three(), users(50, "s2"), users(40, "s1"), users(60, "s1"), users(30, "s3")));
    }

    @Test
    void segmentsThatMergeKeepTheNameOfTheLarger() {
        assertEquals(
                List.of("s2", "s3"),
                after(three(), users(40, "s1").and(60, "s2"), users(50, "s3")));
    }

    @Test
    void asManyUsersAsPossibleKeepTheirNames() {
        assertEquals(
                List.of("s2", "s1", "s3"),
                after(three(), users(50, "s1").and(49, "s2"), users(49, "s1"), users(9, "s3")));
    }

    @Test
    void theNameOfASegmentThatIsGoneIsNeverUsedAgain() {
        SegmentModel without = model(names(Optional.of(three()), users(50, "s1"), users(50, "s2")));
        SegmentNames names =
                names(
                        Optional.of(without),
                        users(50, "s1"),
                        users(50, "s2"),
                        users(20, NEWCOMER),
                        users(10, "s3"));

        assertEquals(List.of("s1", "s2", "s4", "s5"), of(names));
        assertEquals(6, names.next());
    }

    @Test
    void aSegmentThatNewcomersJoinIsStillTheSame() {
        assertEquals(
                List.of("s1", "s3", "s2"),
                after(
                        three(),
                        users(20, "s1").and(900, NEWCOMER),
                        users(20, "s3"),
                        users(20, "s2")));
    }

    @Test
    void aFewWhoStrayDoNotTakeTheNameAlong() {
        Users strayed = users(95, "s1").and(10, "s3");
        assertEquals(
                List.of("s1", "s2", "s4"),
                after(three(), users(100, "s1"), users(9, "s2"), strayed));
        Users more = users(85, "s1").and(10, "s3");
        assertEquals(
                List.of("s1", "s2", "s3"), after(three(), users(100, "s1"), users(9, "s2"), more));
    }

    @Test
    void aLabelGoesWithTheName() {
        SegmentModel labelled = three().withLabel("s2", Optional.of("gift hunters"));
        SegmentNames names =
                names(Optional.of(labelled), users(5, "s2"), users(5, "s9"), users(5, "s1"));

        assertEquals(
                List.of(
                        new Segment("s2", Optional.of("gift hunters"), 5),
                        new Segment("s4", Optional.empty(), 5),
                        new Segment("s1", Optional.empty(), 5)),
                names.segments());
    }

    @Test
    void aHundredSegmentsKeepTheirNames() {
        Users[] hundred =
                IntStream.rangeClosed(1, 100)
                        .mapToObj(i -> users(i, "s" + (i * 37 % 101)))
                        .toArray(Users[]::new);
        SegmentModel model = model(names(Optional.empty(), hundred));

        assertEquals(
                IntStream.rangeClosed(1, 100).mapToObj(i -> "s" + (i * 37 % 101)).toList(),
                after(model, hundred));
    }
}
