package dev.persona.profiling.cooccurrence;

/** How strongly two items go together, from how many users have both, each and none of them. */
public enum Association {
    /**
     * How much less likely the users of two items are if the items have nothing to do with each
     * other: -2 log lambda, also known as G2, of Dunning, Accurate Methods for the Statistics of
     * Surprise and Coincidence, Computational Linguistics 19(1), 1993, ACL J93-1003.
     *
     * <p>It is as large for items that avoid each other; pairs that do not share more users than
     * chance would let them are left out.
     */
    LOG_LIKELIHOOD_RATIO {
        @Override
        float score(int both, int first, int second, int users, double shrinkage) {
            if ((long) both * users <= (long) first * second) {
                return 0;
            }
            int notFirst = users - first;
            int notSecond = users - second;
            double diagonal =
                    surprise(both, first, second, users)
                            + surprise(notFirst - second + both, notFirst, notSecond, users);
            // Added to each other first, so that both items of a pair score the same to the bit.
            double others =
                    surprise(first - both, first, notSecond, users)
                            + surprise(second - both, notFirst, second, users);
            return (float) (2 * (diagonal + others));
        }
    },

    /**
     * The cosine of the angle between the items' sets of users with a shrinkage that holds back
     * pairs of few users: both / (sqrt(first * second) + shrinkage).
     */
    COSINE {
        @Override
        float score(int both, int first, int second, int users, double shrinkage) {
            return (float) (both / (Math.sqrt((double) first * second) + shrinkage));
        }
    };

    /**
     * The strength of one pair.
     *
     * @param both number of users who have both items
     * @param first number of users who have the first item, at least both
     * @param second number of users who have the second item, at least both
     * @param users number of all users, at least first + second - both
     * @param shrinkage of the cosine, at least 0
     * @return the higher, the stronger; not above 0 for a pair that is to be left out
     */
    abstract float score(int both, int first, int second, int users, double shrinkage);

    /** One cell's part of G2: observed * ln(observed / expected). */
    private static double surprise(int observed, int row, int column, int users) {
        return observed == 0
                ? 0
                : observed * Math.log((double) observed * users / ((double) row * column));
    }
}
