package dev.persona.metric;

import java.util.Set;

/** What the measures of ranked lists ask of their arguments. */
final class Ranks {

    private Ranks() {}

    static int require(int ranks) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks must be at least 1, was " + ranks);
        }
        return ranks;
    }

    static void requireRelevant(Set<String> relevant) {
        if (relevant.isEmpty()) {
            throw new IllegalArgumentException(
                    "at least one item must be relevant: without any, every list is as good");
        }
    }
}
