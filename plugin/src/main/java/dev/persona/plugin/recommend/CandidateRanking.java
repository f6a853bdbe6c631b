package dev.persona.plugin.recommend;

import dev.persona.plugin.generation.LearnedItems;
import dev.persona.profiling.factorization.IdIndex;
import dev.persona.profiling.factorization.ItemFactors;
import dev.persona.profiling.profile.BoughtItem;
import dev.persona.ranking.recommend.Blend;
import dev.persona.ranking.recommend.Relations;
import dev.persona.ranking.signal.Demand;
import dev.persona.ranking.signal.ItemBehaviour;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Orders candidates by the blend. */
final class CandidateRanking {
    private final RecommendCall call;
    private final Seeker seeker;
    private final Optional<LearnedItems> learned;
    private final Optional<Relations> relations;

    /** Of the user's own items, which are mostly what the vector says first. */
    private final double largestOwned;

    CandidateRanking(
            RecommendCall call,
            Seeker seeker,
            Optional<LearnedItems> learned,
            Optional<Relations> relations) {
        this.call = call;
        this.seeker = seeker;
        this.learned = learned;
        this.relations = relations;
        this.largestOwned =
                seeker.shopper().history().keySet().stream()
                        .mapToDouble(item -> interest(item, 0))
                        .reduce(0, Math::max);
    }

    /** The best of the candidates that the call wants, the best first. */
    List<Recommended> best(Collection<Candidate> candidates) {
        List<Recommended> all = ordered(candidates);
        return call.diversity()
                .map(
                        diversity ->
                                Recommended.diverse(
                                        all, diversity.max(), call.size(), new HashMap<>()))
                .orElseGet(() -> all.subList(0, Math.min(call.size(), all.size())));
    }

    /** All candidates, the best first. */
    List<Recommended> ordered(Collection<Candidate> candidates) {
        List<Blend.Candidate> facts = candidates.stream().map(this::facts).toList();
        Blend blend = blend(facts);
        List<Recommended> all = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Blend.Candidate known = facts.get(all.size());
            all.add(
                    new Recommended(
                            candidate, blend.parts(known), known, popularity(candidate.id())));
        }
        all.sort(
                Comparator.comparingDouble(Recommended::score)
                        .thenComparingDouble(Recommended::popularity)
                        .reversed()
                        .thenComparing(one -> one.candidate().id()));
        return all;
    }

    private Blend blend(List<Blend.Candidate> candidates) {
        double largest = largestOwned;
        for (Blend.Candidate candidate : candidates) {
            largest = Math.max(largest, candidate.interest());
        }
        double largestRelation = relations.map(Relations::largest).orElse(0.0);
        return call.items().isEmpty()
                ? Blend.forUser(
                        largest,
                        largestRelation,
                        learned.map(items -> items.leaders().largestRecent()).orElse(0.0))
                : Blend.forItems(largest, largestRelation);
    }

    private Blend.Candidate facts(Candidate candidate) {
        String id = candidate.id();
        BoughtItem bought = seeker.shopper().bought().get(id);
        return new Blend.Candidate(
                interest(candidate),
                relations.map(all -> all.of(id)).orElse(0.0),
                bought == null ? 0 : bought.days(),
                numbers(id).map(ItemBehaviour.Numbers::demand).orElse(Demand.UNKNOWN));
    }

    private Optional<ItemBehaviour.Numbers> numbers(String id) {
        return learned.map(items -> items.signals().behaviour().of(id));
    }

    private double popularity(String id) {
        double popularity = numbers(id).map(ItemBehaviour.Numbers::popularity).orElse(0f);
        return Double.isNaN(popularity) ? 0 : popularity;
    }

    private double interest(Candidate candidate) {
        double found = candidate.vectorProduct();
        return interest(candidate.id(), Double.isNaN(found) ? 0 : found);
    }

    /**
     * The product of the interest vector and an item's: in full precision where the item is in
     * memory.
     */
    private double interest(String id, double otherwise) {
        float[] interest = seeker.shopper().interest();
        if (interest.length == 0 || learned.isEmpty()) {
            return 0;
        }
        ItemFactors factors = learned.get().factors();
        int row = factors.items().indexOf(id);
        if (row == IdIndex.ABSENT) {
            return otherwise;
        }
        float[] vectors = factors.vectors();
        int from = row * interest.length;
        float sum = 0;
        for (int i = 0; i < interest.length; i++) {
            sum += interest[i] * vectors[from + i];
        }
        return sum;
    }
}
