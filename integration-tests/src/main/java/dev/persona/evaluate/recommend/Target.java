package dev.persona.evaluate.recommend;

import dev.persona.demo.measure.Bootstrap.Interval;
import dev.persona.evaluate.history.Candidates;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a figure of Persona's should be at least, on the Online Retail data set with the usual cut.
 *
 * @param name such as "all items, Recall@20"
 * @param least the target
 */
record Target(
        String name,
        double least,
        Candidates candidates,
        ToDoubleFunction<Quality> figure,
        Function<Quality, Interval> interval) {

    static final List<Target> ALL =
            List.of(
                    recall("all items, Recall@20", 0.26, Candidates.ALL),
                    ndcg("all items, NDCG@10", 0.36, Candidates.ALL),
                    recall("new items, Recall@20", 0.095, Candidates.NEW),
                    ndcg("new items, NDCG@10", 0.100, Candidates.NEW));

    private static Target recall(String name, double least, Candidates candidates) {
        return new Target(name, least, candidates, Quality::recall, Quality::recallInterval);
    }

    private static Target ndcg(String name, double least, Candidates candidates) {
        return new Target(name, least, candidates, Quality::ndcg, Quality::ndcgInterval);
    }

    double found(Map<Candidates, Quality> quality) {
        return figure.applyAsDouble(quality.get(candidates));
    }

    Interval interval(Map<Candidates, Quality> quality) {
        return interval.apply(quality.get(candidates));
    }

    boolean isReached(Map<Candidates, Quality> quality) {
        return found(quality) >= least;
    }
}
