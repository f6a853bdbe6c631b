package dev.persona.metric;

import java.util.List;
import java.util.Set;

/**
 * One over the rank of the first relevant item, 0 where there is none; its mean over users is the
 * MRR (Voorhees 1999, "The TREC-8 Question Answering Track Report").
 */
public final class ReciprocalRank {

    private final int ranks;

    /**
     * @param ranks how many of the first ranks count, such as 20
     */
    public ReciprocalRank(int ranks) {
        this.ranks = Ranks.require(ranks);
    }

    /**
     * The reciprocal rank, 0 to 1.
     *
     * @param list best first
     * @param relevant at least one
     */
    public double of(List<String> list, Set<String> relevant) {
        Ranks.requireRelevant(relevant);
        for (int i = 0; i < Math.min(ranks, list.size()); i++) {
            if (relevant.contains(list.get(i))) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }
}
