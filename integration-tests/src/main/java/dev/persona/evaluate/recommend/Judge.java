package dev.persona.evaluate.recommend;

import dev.persona.demo.node.Workers;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.Split;
import dev.persona.metric.Coverage;
import dev.persona.metric.Ndcg;
import dev.persona.metric.Novelty;
import dev.persona.metric.Recall;
import dev.persona.metric.ReciprocalRank;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Holds what is recommended to the users of a split against what they bought then. */
final class Judge {

    private static final Recall RECALL = new Recall(Recommender.SIZE);
    private static final Ndcg NDCG = new Ndcg(10);
    private static final ReciprocalRank RECIPROCAL_RANK = new ReciprocalRank(Recommender.SIZE);

    private final Split split;
    private final int threads;

    /**
     * @param threads how many users are recommended to at a time
     */
    Judge(Split split, int threads) {
        this.split = split;
        this.threads = threads;
    }

    /** Among all items and among new ones. */
    Map<Candidates, Quality> of(Recommender recommender) {
        Map<Candidates, Quality> both = new EnumMap<>(Candidates.class);
        for (Candidates candidates : Candidates.values()) {
            both.put(candidates, of(recommender, candidates));
        }
        return both;
    }

    private Quality of(Recommender recommender, Candidates candidates) {
        History history = split.before();
        List<String> users = split.users(candidates);
        List<List<String>> lists =
                Workers.each(users, threads, user -> recommender.items(user, candidates));
        Coverage coverage = new Coverage(Recommender.SIZE, history.items().size());
        Novelty novelty =
                new Novelty(
                        Recommender.SIZE,
                        history.users().size(),
                        item -> history.buyers(history.items().indexOf(item)));
        double[] recalls = new double[users.size()];
        double[] ndcgs = new double[users.size()];
        double reciprocalRanks = 0;
        List<Double> bits = new ArrayList<>();
        for (int i = 0; i < recalls.length; i++) {
            List<String> list = lists.get(i);
            Set<String> relevant = split.relevant(users.get(i), candidates);
            recalls[i] = RECALL.of(list, relevant);
            ndcgs[i] = NDCG.of(list, relevant);
            reciprocalRanks += RECIPROCAL_RANK.of(list, relevant);
            coverage.add(list);
            OptionalDouble ofList = novelty.of(list);
            ofList.ifPresent(bits::add);
        }
        return new Quality(
                recalls,
                ndcgs,
                reciprocalRanks / recalls.length,
                coverage.share(),
                bits.stream().mapToDouble(Double::doubleValue).average().orElse(0));
    }
}
