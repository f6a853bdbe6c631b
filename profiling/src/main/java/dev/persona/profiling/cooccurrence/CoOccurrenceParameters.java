package dev.persona.profiling.cooccurrence;

import java.util.Objects;

/**
 * Which items are taken as related.
 *
 * @param association what the pairs of items are scored by
 * @param shrinkage of {@link Association#COSINE}, in users, 0 to 1,000,000; the log-likelihood
 *     ratio needs none and does not look at it
 * @param mostRelated number of related items that an item has at most, 1 to 1000
 * @param minUsers number of users whom a pair must have, at least 1
 * @param mostItemsPerUser number of items that count of a user at most, 2 to 100,000. The work
 *     grows with the square of it: without a bound one robot with 100,000 items costs as much as a
 *     million users with 100. A user with more counts with those of the heaviest weight, in a tie
 *     with those of the lowest index, and counts as not having the others
 */
public record CoOccurrenceParameters(
        Association association,
        double shrinkage,
        int mostRelated,
        int minUsers,
        int mostItemsPerUser) {
    /** What is used where nothing else is said. */
    public static final CoOccurrenceParameters DEFAULT =
            new CoOccurrenceParameters(Association.LOG_LIKELIHOOD_RATIO, 10, 50, 2, 500);

    /**
     * @throws IllegalArgumentException that names the parameter, its bounds and what it was
     */
    public CoOccurrenceParameters {
        Objects.requireNonNull(association, "association");
        if (!(shrinkage >= 0 && shrinkage <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "[shrinkage] must be between 0 and 1000000, was " + shrinkage);
        }
        requireWithin("most_related", mostRelated, 1, 1000);
        requireWithin("min_users", minUsers, 1, Integer.MAX_VALUE);
        requireWithin("most_items_per_user", mostItemsPerUser, 2, 100_000);
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be between " + least + " and " + most + ", was " + value);
        }
    }
}
