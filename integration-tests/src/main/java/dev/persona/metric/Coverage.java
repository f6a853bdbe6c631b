package dev.persona.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Share of the catalog that is recommended to anyone: catalog coverage (Ge, Delgado-Battenfeld,
 * Jannach 2010, "Beyond accuracy: evaluating recommender systems by coverage and serendipity",
 * RecSys, doi:10.1145/1864708.1864761). Not safe for several threads.
 */
public final class Coverage {

    private final int ranks;
    private final int catalog;
    private final Set<String> shown = new HashSet<>();

    /**
     * @param ranks how many of the first ranks count, such as 20
     * @param catalog how many items there are, at least 1
     */
    public Coverage(int ranks, int catalog) {
        this.ranks = Ranks.require(ranks);
        if (catalog < 1) {
            throw new IllegalArgumentException("catalog must be at least 1, was " + catalog);
        }
        this.catalog = catalog;
    }

    /** Adds what one user is recommended, best first. */
    public void add(List<String> list) {
        list.stream().limit(ranks).forEach(shown::add);
    }

    /** The share of the catalog that has been in a list so far, 0 to 1. */
    public double share() {
        return (double) shown.size() / catalog;
    }
}
