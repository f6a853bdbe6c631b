package dev.persona.profiling.segment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a training found.
 *
 * @param model the segments
 * @param silhouettes the mean silhouette by number of segments, for each number that was tried;
 *     empty when the number was given
 */
public record SegmentTraining(SegmentModel model, SortedMap<Integer, Double> silhouettes) {
    /** Copies the silhouettes. */
    public SegmentTraining {
        silhouettes = Collections.unmodifiableSortedMap(new TreeMap<>(silhouettes));
    }
}
