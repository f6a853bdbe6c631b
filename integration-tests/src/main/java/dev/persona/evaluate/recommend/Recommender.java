package dev.persona.evaluate.recommend;

import dev.persona.evaluate.history.Candidates;

import java.util.List;

/** Recommends items to users, from what happened before a cut. Safe for several threads. */
@FunctionalInterface
interface Recommender {

    /** How many items are recommended. */
    int SIZE = 20;

    /**
     * Items for a user.
     *
     * @return at most {@link #SIZE}, best first, none twice
     */
    List<String> items(String user, Candidates candidates);
}
