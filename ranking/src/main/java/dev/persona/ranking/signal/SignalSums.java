package dev.persona.ranking.signal;

import java.util.Arrays;
import java.util.List;

/**
 * What a {@link SignalBuilder} has gathered, in as few arrays as can be, to be added to another.
 * Users and items are numbered by their place among the ids.
 *
 * @param users who did something with an item
 * @param items what was shown, or something was done with
 * @param pairs what each user has done with each item
 * @param behaviour towards each item
 */
public record SignalSums(Ids users, Ids items, Pairs pairs, Behaviour behaviour) {
    private static final long BYTES_PER_ID = 64;

    /**
     * Checks that all is of the same users and items.
     *
     * @throws IllegalArgumentException when it is not
     */
    public SignalSums {
        requireLength("pairs", users.ids.size(), pairs.counts.length);
        requireLength("behaviour", items.ids.size(), behaviour.weights.length);
    }

    private static void requireLength(String what, int expected, int was) {
        if (was != expected) {
            throw new IllegalArgumentException(what + " must be of " + expected + ", were " + was);
        }
    }

    /**
     * Ids.
     *
     * @param events how many events about items that have a weight each of them has
     */
    public record Ids(List<String> ids, int[] events) {
        /** Checks that there is a count for each. */
        public Ids {
            ids = List.copyOf(ids);
            requireLength("counts of events", ids.size(), events.length);
        }

        private long bytes() {
            long bytes = (BYTES_PER_ID + Integer.BYTES) * ids.size();
            for (String id : ids) {
                bytes += id.length();
            }
            return bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ids that
                    && ids.equals(that.ids)
                    && Arrays.equals(events, that.events);
        }

        @Override
        public int hashCode() {
            return 31 * ids.hashCode() + Arrays.hashCode(events);
        }
    }

    /**
     * What users have done with items, of one user after the other; all but the counts are as long
     * as there are pairs.
     *
     * @param counts how many items each user has
     * @param items numbers of the items
     * @param weights sums of the decayed weights of the events; may be negative
     * @param heaviest weight before decay of the heaviest event that speaks for the item; 0 when
     *     there is none
     * @param last when there was the last such event, in milliseconds since 1970
     * @param bought the local day on which it was bought, or what {@link PairSums} has for never
     *     and for several days
     */
    public record Pairs(
            int[] counts,
            int[] items,
            double[] weights,
            float[] heaviest,
            long[] last,
            int[] bought) {
        /** Checks that all is of the same pairs. */
        public Pairs {
            requireLength("items of the users", Arrays.stream(counts).sum(), items.length);
            requireLength("weights", items.length, weights.length);
            requireLength("heaviest weights", items.length, heaviest.length);
            requireLength("last times", items.length, last.length);
            requireLength("days", items.length, bought.length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pairs that
                    && Arrays.equals(counts, that.counts)
                    && Arrays.equals(items, that.items)
                    && Arrays.equals(weights, that.weights)
                    && Arrays.equals(heaviest, that.heaviest)
                    && Arrays.equals(last, that.last)
                    && Arrays.equals(bought, that.bought);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(counts) + 31 * Arrays.hashCode(items) + Arrays.hashCode(weights);
        }
    }

    /**
     * Behaviour towards items.
     *
     * @param weights for each item the sum of decayed weights over all users
     * @param clicks for each item how often it was clicked in a list
     * @param shown items * places, row-major: how often it was shown in each place
     * @param clicked how often anything was clicked in each place
     */
    public record Behaviour(double[] weights, int[] clicks, int[] shown, long[] clicked) {
        /** Checks that all is of the same items and places. */
        public Behaviour {
            requireLength("places", ItemBehaviourCounts.PLACES, clicked.length);
            requireLength("clicks", weights.length, clicks.length);
            requireLength("shown", weights.length * clicked.length, shown.length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Behaviour that
                    && Arrays.equals(weights, that.weights)
                    && Arrays.equals(clicks, that.clicks)
                    && Arrays.equals(shown, that.shown)
                    && Arrays.equals(clicked, that.clicked);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(weights) + 31 * Arrays.hashCode(shown);
        }
    }

    /** About the bytes of heap that they take up. */
    public long bytes() {
        return bytes(users.ids.size(), items.ids.size(), pairs.items.length)
                + users.bytes()
                + items.bytes();
    }

    /** The bytes of the arrays. */
    static long bytes(long users, long items, long pairs) {
        return Integer.BYTES * users
                + (Double.BYTES + (1 + ItemBehaviourCounts.PLACES) * (long) Integer.BYTES) * items
                + (Double.BYTES + Float.BYTES + Long.BYTES + 2 * Integer.BYTES) * pairs;
    }
}
