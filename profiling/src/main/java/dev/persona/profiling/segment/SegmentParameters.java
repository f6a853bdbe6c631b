package dev.persona.profiling.segment;

import java.util.OptionalInt;

/**
 * How segments are made.
 *
 * @param segments how many, {@value #LEAST_SEGMENTS} to {@value #MOST_SEGMENTS}; empty for as many
 *     as the silhouette suggests
 * @param seed of what is left to chance
 */
public record SegmentParameters(OptionalInt segments, long seed) {
    /** One segment is none. */
    public static final int LEAST_SEGMENTS = 2;

    /** More than that nobody looks at. */
    public static final int MOST_SEGMENTS = 100;

    /** As many as are suggested. */
    public static final SegmentParameters DEFAULT = new SegmentParameters(OptionalInt.empty(), 1);

    /**
     * @throws IllegalArgumentException that names the parameter, its bounds and what it was
     */
    public SegmentParameters {
        if (segments.isPresent()
                && (segments.getAsInt() < LEAST_SEGMENTS || segments.getAsInt() > MOST_SEGMENTS)) {
            throw new IllegalArgumentException(
                    "[segments] must be between "
                            + LEAST_SEGMENTS
                            + " and "
                            + MOST_SEGMENTS
                            + ", was "
                            + segments.getAsInt());
        }
    }

    /** So many segments. */
    public static SegmentParameters of(int segments, long seed) {
        return new SegmentParameters(OptionalInt.of(segments), seed);
    }
}
