package dev.persona.profiling.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names for new segments, taken over from those of an earlier model with the people in them.
 *
 * <p>Centres of two trainings cannot be compared, as interest vectors of two generations have
 * nothing in common; users can. Names are given so that as many users as possible keep theirs. Who
 * had none counts for nothing: a segment that newcomers join is still the same. But a segment only
 * inherits from one with which it shares a tenth of the users of both ({@link #LEAST_JACCARD}): the
 * few who stray from one to the other do not make it the same.
 *
 * <p>A segment that inherits no name gets a number that none has had before, the largest first, so
 * that the name of a segment that is gone never comes to stand for others.
 *
 * @param segments the new segments, named
 * @param next the number after all that have been given
 */
record SegmentNames(List<Segment> segments, int next) {
    /** The least of |A and B| / |A or B| (Jaccard 1901) of two segments that are the same. */
    static final double LEAST_JACCARD = 0.1;

    /**
     * Names the segments of a training.
     *
     * @param users with the names of their earlier segments; names that the earlier model does not
     *     have count as none
     * @param assigned the new segment of each user
     * @param count how many new segments there are
     */
    static SegmentNames of(
            SegmentUsers users, int[] assigned, int count, Optional<SegmentModel> previous) {
        int[] sizes = new int[count];
        for (int segment : assigned) {
            sizes[segment]++;
        }
        List<Segment> earlier = previous.map(SegmentModel::segments).orElse(List.of());
        int[] heirs = heirs(overlap(users, assigned, count, previous), earlier.size());
        int next = previous.map(SegmentModel::next).orElse(1);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (heirs[i] == MaximumAssignment.NONE) {
                segments.add(new Segment(Segment.named(next++), Optional.empty(), sizes[i]));
            } else {
                Segment same = earlier.get(heirs[i]);
                segments.add(new Segment(same.name(), same.label(), sizes[i]));
            }
        }
        return new SegmentNames(List.copyOf(segments), next);
    }

    /** The number of users by new and by earlier segment. */
    private static long[][] overlap(
            SegmentUsers users, int[] assigned, int count, Optional<SegmentModel> previous) {
        long[][] shared = new long[count][previous.map(m -> m.segments().size()).orElse(0)];
        previous.ifPresent(
                model -> {
                    for (int user = 0; user < assigned.length; user++) {
                        long[] row = shared[assigned[user]];
                        users.earlier(user)
                                .ifPresent(name -> model.indexOf(name).ifPresent(i -> row[i]++));
                    }
                });
        return shared;
    }

    /** The earlier segment of each new one. */
    private static int[] heirs(long[][] shared, int earlier) {
        long[] ofNew = new long[shared.length];
        long[] ofEarlier = new long[earlier];
        for (int i = 0; i < shared.length; i++) {
            for (int j = 0; j < earlier; j++) {
                ofNew[i] += shared[i][j];
                ofEarlier[j] += shared[i][j];
            }
        }
        long[][] gains = new long[shared.length][earlier];
        for (int i = 0; i < shared.length; i++) {
            for (int j = 0; j < earlier; j++) {
                long union = ofNew[i] + ofEarlier[j] - shared[i][j];
                gains[i][j] = shared[i][j] >= LEAST_JACCARD * union ? shared[i][j] : 0;
            }
        }
        return MaximumAssignment.of(gains, earlier);
    }
}
