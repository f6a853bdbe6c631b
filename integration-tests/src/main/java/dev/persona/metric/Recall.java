package dev.persona.metric;

import java.util.List;
import java.util.Set;

/**
 * Share of the relevant items that are among the first of a list: what an information retrieval
 * system finds of what there is to be found (van Rijsbergen 1979, "Information Retrieval", chapter
 * 7).
 *
 * <p>It is divided by all relevant items, also where there are more of them than ranks, so that not
 * every user can reach 1.
 */
public final class Recall {

    private final int ranks;

    /**
     * @param ranks how many of the first ranks count, such as 20
     */
    public Recall(int ranks) {
        this.ranks = Ranks.require(ranks);
    }

    /**
     * The share found, 0 to 1.
     *
     * @param list best first, no item twice
     * @param relevant at least one
     */
    public double of(List<String> list, Set<String> relevant) {
        Ranks.requireRelevant(relevant);
        long found = list.stream().limit(ranks).filter(relevant::contains).count();
        return (double) found / relevant.size();
    }
}
