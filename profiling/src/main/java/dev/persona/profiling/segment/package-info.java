/**
 * Users who are alike, found by k-means and told apart by what they do and like.
 *
 * <p>{@link dev.persona.profiling.segment.SegmentFeatures} makes numbers of a profile, {@link
 * dev.persona.profiling.segment.SegmentUsers} is what goes in, {@link
 * dev.persona.profiling.segment.SegmentTrainer} is the algorithm, {@link
 * dev.persona.profiling.segment.SegmentModel} is what comes out and tells the segment of anybody,
 * new users among them, and {@link dev.persona.profiling.segment.SegmentStatistics} says of each
 * segment what sets it apart.
 */
package dev.persona.profiling.segment;
