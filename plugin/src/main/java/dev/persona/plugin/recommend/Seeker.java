package dev.persona.plugin.recommend;

import dev.persona.plugin.generation.LearnedItems;
import dev.persona.profiling.factorization.FoldIn;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.profile.Profile;
import dev.persona.ranking.recommend.Shopper;
import dev.persona.ranking.signal.ItemSignals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a call recommends to, as far as anything is known.
 *
 * @param found whether anything is
 * @param shopper what is known
 * @param history the items that the interest vector was made of; empty when it is of none
 * @param excluded ids of the items that are left out
 * @param segment the segment the user is in, and what its users take to most
 */
record Seeker(
        boolean found,
        Shopper shopper,
        Optional<ItemSignals.History> history,
        Set<String> excluded,
        Optional<Segment> segment) {
    static final Seeker UNKNOWN =
            new Seeker(false, Shopper.UNKNOWN, Optional.empty(), Set.of(), Optional.empty());

    /**
     * A segment.
     *
     * @param name of it
     * @param favourites ids of items, the greatest first
     */
    record Segment(String name, List<String> favourites) {}

    /** The same, in a segment. */
    Seeker in(Optional<Segment> other) {
        return new Seeker(found, shopper, history, excluded, other);
    }

    /** The user of a profile. */
    static Seeker of(
            Profile profile, Set<Exclusion> exclude, Optional<LearnedItems> learned, long now) {
        Optional<ItemSignals.History> history =
                learned.map(items -> items.signals().history(profile, now))
                        .filter(known -> known.rows().length > 0);
        float[] interest =
                history.map(known -> learned.orElseThrow().signals().interest(known))
                        .orElse(new float[0]);
        return new Seeker(
                !profile.isEmpty(),
                Shopper.of(profile, interest, now),
                history.filter(known -> interest.length > 0),
                Exclusion.items(exclude, profile),
                Optional.empty());
    }

    /**
     * Somebody who looks at some items.
     *
     * @param weight what looking at one counts
     * @param described the vector of those that no user has taken to yet; empty when there is none
     */
    static Seeker of(
            List<String> items, double weight, Optional<LearnedItems> learned, float[] described) {
        Set<String> distinct = new HashSet<>(items);
        List<String> known =
                learned.map(
                                all ->
                                        distinct.stream()
                                                .filter(id -> row(all, id) != IdIndex.ABSENT)
                                                .sorted()
                                                .toList())
                        .orElse(List.of());
        if (known.isEmpty()) {
            return new Seeker(
                    described.length > 0,
                    Shopper.of(items, described),
                    Optional.empty(),
                    distinct,
                    Optional.empty());
        }
        int[] rows = known.stream().mapToInt(id -> row(learned.orElseThrow(), id)).toArray();
        float[] weights = new float[rows.length];
        Arrays.fill(weights, (float) weight);
        FoldIn foldIn = learned.orElseThrow().factors().foldIn();
        return new Seeker(
                true,
                Shopper.of(items, foldIn.solve(rows, weights)),
                Optional.of(new ItemSignals.History(known, rows, weights)),
                distinct,
                Optional.empty());
    }

    private static int row(LearnedItems learned, String id) {
        return learned.factors().items().indexOf(id);
    }
}
