package dev.persona.profiling.segment;

import dev.persona.profiling.profile.Profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The result of one training: tells the segment of any user. Safe for use by several threads.
 *
 * <p>A segment is an index from 0 here; {@link #segments} has its name.
 */
public final class SegmentModel {
    private final Standardization standardization;
    private final Centres centres;
    private final List<Segment> segments;
    private final int generation;
    private final int next;

    /**
     * @param generation the generation of the interest vectors; 0 when there are none
     * @param next the number that the next new segment is named with, above all given so far
     * @throws IllegalArgumentException when the parts do not go together
     */
    SegmentModel(
            Standardization standardization,
            Centres centres,
            List<Segment> segments,
            int generation,
            int next) {
        this.standardization = standardization;
        this.centres = centres;
        this.segments = List.copyOf(segments);
        this.generation = generation;
        this.next = next;
        requireCount();
        requireShape();
        requireNames();
        requireGeneration(generation, factors());
    }

    static void requireGeneration(int generation, int factors) {
        if (generation < 0 || (generation == 0) != (factors == 0)) {
            throw new IllegalArgumentException(
                    "[generation] must be above 0 with interest vectors and 0 without, was "
                            + generation
                            + " with "
                            + factors
                            + " factors");
        }
    }

    private void requireCount() {
        if (segments.size() < SegmentParameters.LEAST_SEGMENTS
                || segments.size() > SegmentParameters.MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "[segments] must be between "
                            + SegmentParameters.LEAST_SEGMENTS
                            + " and "
                            + SegmentParameters.MOST_SEGMENTS
                            + ", were "
                            + segments.size());
        }
    }

    private void requireShape() {
        int dimensions = standardization.dimensions();
        if (centres.dimensions() != dimensions
                || centres.values().length != segments.size() * dimensions) {
            throw new IllegalArgumentException(
                    "the centres of "
                            + segments.size()
                            + " segments must be "
                            + dimensions
                            + " numbers each, were "
                            + centres.values().length
                            + " by "
                            + centres.dimensions());
        }
        for (float value : centres.values()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the centres must be finite, one was " + value);
            }
        }
    }

    private void requireNames() {
        Set<String> names = new HashSet<>();
        for (Segment segment : segments) {
            if (!names.add(segment.name())) {
                throw new IllegalArgumentException(
                        "[" + segment.name() + "] stands for two segments");
            }
            if (segment.number() >= next) {
                throw new IllegalArgumentException(
                        "[next] must be above the number of [" + segment.name() + "], was " + next);
            }
        }
    }

    /** The segments, about the largest of the training first. */
    public List<Segment> segments() {
        return segments;
    }

    /** The generation of the interest vectors that it was made with; 0 when there were none. */
    public int generation() {
        return generation;
    }

    /** Length of these interest vectors; 0 when there were none. */
    public int factors() {
        return standardization.factors();
    }

    /** The number that the next new segment will be named with. */
    public int next() {
        return next;
    }

    /** How features were made comparable. */
    public Standardization standardization() {
        return standardization;
    }

    Centres centres() {
        return centres;
    }

    /** How many users it was made of. */
    public long users() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    /**
     * The index of the segment whose centre is nearest.
     *
     * @param features what {@link SegmentFeatures#of} gives with {@link #factors}
     * @throws IllegalArgumentException when there are not as many features as it was made with
     */
    public int segment(float[] features) {
        return centres.nearest(standardization.apply(features));
    }

    /**
     * The segment of a user.
     *
     * @param interests the interest vector of {@link #generation}; empty when the user has none of
     *     that generation
     * @param now time in milliseconds since 1970
     */
    public Segment segment(Profile profile, float[] interests, long now) {
        return segments.get(segment(SegmentFeatures.of(profile, interests, factors(), now)));
    }

    /**
     * The segment of a user by behaviour alone, for whom interest vectors are there but not of
     * {@link #generation}: vectors of two generations have nothing in common. To take the user for
     * one without interests would draw all of them to the segments that have hardly any.
     *
     * @param now time in milliseconds since 1970
     */
    public Segment segmentByBehaviour(Profile profile, long now) {
        float[] features = SegmentFeatures.of(profile, new float[0], factors(), now);
        return segments.get(
                centres.nearest(standardization.apply(features), SegmentFeatures.BEHAVIOURS));
    }

    /** About the bytes of heap that it takes up. */
    public long bytes() {
        long numbers = (segments.size() + 2L) * standardization.dimensions();
        return numbers * Float.BYTES + (long) standardization.dimensions() * Double.BYTES;
    }

    /** The index of the segment of that name. */
    public OptionalInt indexOf(String name) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The same model, in which a segment is called something else, or nothing, by people.
     *
     * @throws IllegalArgumentException when there is no segment of that name, or it cannot be
     *     called that
     */
    public SegmentModel withLabel(String name, Optional<String> label) {
        int index =
                indexOf(name)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "there is no segment ["
                                                        + name
                                                        + "], there are "
                                                        + segments.stream()
                                                                .map(Segment::name)
                                                                .toList()));
        List<Segment> changed = new ArrayList<>(segments);
        changed.set(index, segments.get(index).withLabel(label));
        return new SegmentModel(standardization, centres, changed, generation, next);
    }
}
