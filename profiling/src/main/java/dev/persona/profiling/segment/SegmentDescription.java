package dev.persona.profiling.segment;

import java.util.List;
import java.util.Optional;

/**
 * What a segment is like, and what sets it apart from everybody.
 *
 * @param name what it is called
 * @param label what a person calls it
 * @param size how many users are in it
 * @param share of all users
 * @param attributes values that its users like more than everybody does, the most telling first
 * @param price its price level; empty when no user of it has one
 * @param tags that its users have more often than everybody, the most telling first
 * @param behaviours in which its users differ from everybody, the largest difference first
 */
public record SegmentDescription(
        String name,
        Optional<String> label,
        long size,
        double share,
        List<AttributeValue> attributes,
        Optional<PriceLevel> price,
        List<Tag> tags,
        List<Difference> behaviours) {

    /** Copies the lists. */
    public SegmentDescription {
        attributes = List.copyOf(attributes);
        tags = List.copyOf(tags);
        behaviours = List.copyOf(behaviours);
    }

    /**
     * A share in the segment and among everybody, both 0 to 1.
     *
     * @param within in the segment
     * @param overall among all users, above 0
     */
    public record Shares(double within, double overall) {
        /** How many times as large the share is in the segment. */
        public double lift() {
            return within / overall;
        }

        /**
         * How much it says about the segment: its part of the divergence of Kullback and Leibler
         * (1951). Lift alone puts first what is rare; this takes much of something common and a lot
         * more of something rare for alike.
         */
        double tells() {
            return within == 0 ? 0 : within * Math.log(lift());
        }
    }

    /**
     * A value that users like.
     *
     * @param shares the mean over users of the value's part of their affinity to the attribute
     */
    public record AttributeValue(String attribute, String value, Shares shares) {}

    /**
     * A tag.
     *
     * @param shares of the users who have it
     */
    public record Tag(String tag, Shares shares) {}

    /**
     * A price level, as the geometric mean over users of the mean prices that they turn to.
     *
     * @param within of the segment
     * @param overall of all users
     */
    public record PriceLevel(double within, double overall) {
        /** How many times as dear the segment is. */
        public double ratio() {
            return within / overall;
        }
    }

    /**
     * A difference in behaviour.
     *
     * @param deviations from the mean of all users to that of the segment, in standard deviations
     *     of all users
     */
    public record Difference(Behaviour behaviour, double deviations) {}
}
