package dev.persona.profiling.segment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the users of each segment divide their affinity to one attribute among its values.
 *
 * <p>Each user has one vote: the shares of the values that the user likes, which are 1 together and
 * do not change with time, as all of them fade alike. At most twice {@value #MOST_VALUES} values
 * are counted; then the {@value #MOST_VALUES} with the largest sums stay, and one that had to go
 * begins anew when it comes up again. What sets a segment apart has a large sum.
 */
final class AttributeTally {
    /** How many values are kept. */
    static final int MOST_VALUES = 2_000;

    /** A value, its place in the map, and the objects that its votes are in. */
    private static final long BYTES_PER_VALUE = 200;

    private final int[] voters;
    private final Map<String, Votes> votes = new HashMap<>();

    AttributeTally(int segments) {
        this.voters = new int[segments];
    }

    /** The votes for one value by segment. */
    private static final class Votes {
        private final double[] sums;
        private final int[] users;
        private double sum;

        Votes(int segments) {
            this.sums = new double[segments];
            this.users = new int[segments];
        }
    }

    /**
     * Adds a user.
     *
     * @param affinities sums by value
     * @param positive the sum of those above 0; a user without has no vote
     */
    void add(int segment, Map<String, Double> affinities, double positive) {
        if (!(positive > 0) || Double.isInfinite(positive)) {
            return;
        }
        voters[segment]++;
        affinities.forEach(
                (value, affinity) -> {
                    if (affinity > 0) {
                        add(segment, value, affinity / positive);
                    }
                });
        if (votes.size() > 2 * MOST_VALUES) {
            forgetTheLeast();
        }
    }

    private void add(int segment, String value, double share) {
        Votes ofValue = votes.computeIfAbsent(value, v -> new Votes(voters.length));
        ofValue.sums[segment] += share;
        ofValue.users[segment]++;
        ofValue.sum += share;
    }

    private void forgetTheLeast() {
        List<String> least =
                votes.entrySet().stream()
                        .sorted(
                                Comparator.<Map.Entry<String, Votes>>comparingDouble(
                                                e -> -e.getValue().sum)
                                        .thenComparing(Map.Entry::getKey))
                        .skip(MOST_VALUES)
                        .map(Map.Entry::getKey)
                        .toList();
        least.forEach(votes::remove);
    }

    /** About the bytes of heap that one takes up at most. */
    static long bytes(int segments) {
        return 2L * MOST_VALUES * (BYTES_PER_VALUE + segments * (Double.BYTES + Integer.BYTES));
    }

    /** How many values are counted. */
    int size() {
        return votes.size();
    }

    /** Is told of a value. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param support the part of the segment's voters who like the value
         * @param users how many these are
         */
        void visit(String value, SegmentDescription.Shares shares, double support, int users);
    }

    /** Tells of the values that somebody in a segment likes. */
    void visit(int segment, Visitor visitor) {
        long all = 0;
        for (int ofSegment : voters) {
            all += ofSegment;
        }
        double overall = all;
        votes.forEach(
                (value, ofValue) -> {
                    if (ofValue.users[segment] > 0) {
                        visitor.visit(
                                value,
                                new SegmentDescription.Shares(
                                        ofValue.sums[segment] / voters[segment],
                                        ofValue.sum / overall),
                                (double) ofValue.users[segment] / voters[segment],
                                ofValue.users[segment]);
                    }
                });
    }
}
