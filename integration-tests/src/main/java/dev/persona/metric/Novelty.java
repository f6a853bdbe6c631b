package dev.persona.metric;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * How little known the items of a list are: the mean of {@code -log2(share of users who bought the
 * item)}, in bits, which is the mean self-information of the items (Zhou, Kuscsik, Liu, Medo,
 * Wakeling, Zhang 2010, "Solving the apparent diversity-accuracy dilemma of recommender systems",
 * PNAS 107(10), doi:10.1073/pnas.1000488107). An item that everybody bought has 0.
 */
public final class Novelty {

    private final int ranks;
    private final int users;
    private final ToIntFunction<String> buyers;

    /**
     * @param ranks how many of the first ranks count, such as 20
     * @param users how many users there are, at least 1
     * @param buyers how many users bought an item; nobody counts as one, for else the mean would be
     *     without bound
     */
    public Novelty(int ranks, int users, ToIntFunction<String> buyers) {
        this.ranks = Ranks.require(ranks);
        if (users < 1) {
            throw new IllegalArgumentException("users must be at least 1, was " + users);
        }
        this.users = users;
        this.buyers = buyers;
    }

    /** The novelty of a list in bits; empty when the list is. */
    public OptionalDouble of(List<String> list) {
        return list.stream().limit(ranks).mapToDouble(this::bits).average();
    }

    private double bits(String item) {
        return Math.log((double) users / Math.max(1, buyers.applyAsInt(item))) / Math.log(2);
    }
}
