package dev.persona.evaluate.recommend;

import dev.persona.bench.Figures;
import dev.persona.demo.measure.Bootstrap;
import dev.persona.demo.measure.Bootstrap.Interval;

/**
 * How good recommendations are. Recall@20 and NDCG@10 are kept for each user, in the order of the
 * users.
 */
final class Quality {

    private static final long SEED = 1;

    private final double[] recalls;
    private final double[] ndcgs;
    private final double mrr;
    private final double coverage;
    private final double novelty;

    Quality(double[] recalls, double[] ndcgs, double mrr, double coverage, double novelty) {
        this.recalls = recalls;
        this.ndcgs = ndcgs;
        this.mrr = mrr;
        this.coverage = coverage;
        this.novelty = novelty;
    }

    /** How many users were measured. */
    int users() {
        return recalls.length;
    }

    /** Mean Recall@20. */
    double recall() {
        return mean(recalls);
    }

    /** Mean NDCG@10. */
    double ndcg() {
        return mean(ndcgs);
    }

    /** Mean reciprocal rank among 20. */
    double mrr() {
        return mrr;
    }

    /** Share of the catalog that anybody was recommended. */
    double coverage() {
        return coverage;
    }

    /** Mean bits of the items recommended. */
    double novelty() {
        return novelty;
    }

    /** 95% interval of {@link #recall}, over users. */
    Interval recallInterval() {
        return Bootstrap.ofMean(recalls, SEED);
    }

    /** 95% interval of {@link #ndcg}, over users. */
    Interval ndcgInterval() {
        return Bootstrap.ofMean(ndcgs, SEED);
    }

    /** Adds the figures. */
    void addTo(Figures figures) {
        figures.put("recall_20", recall())
                .put("ndcg_10", ndcg())
                .put("mrr", mrr)
                .put("coverage", coverage)
                .put("novelty", novelty);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
