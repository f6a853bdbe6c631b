package dev.persona.plugin.rescore;

import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.model.RankingModel;

import java.util.List;
import java.util.Locale;

/**
 * A LightGBM model of one-split trees that is simple enough to be evaluated by hand.
 *
 * @param features its columns
 * @param stumps its trees
 */
record Forest(FeatureSet features, List<Stump> stumps) {
    /**
     * A tree with one split.
     *
     * @param column feature that it looks at
     * @param threshold up to it, and where the feature is missing, the first leaf counts
     * @param low value of the first leaf
     * @param high value of the other leaf
     */
    record Stump(int column, double threshold, double low, double high) {
        double of(double value) {
            return Double.isNaN(value) || value <= threshold ? low : high;
        }
    }

    /** The score of one row. */
    double score(double... row) {
        return stumps.stream().mapToDouble(stump -> stump.of(row[stump.column()])).sum();
    }

    /** The lowest score of any row. */
    double lowest() {
        return stumps.stream().mapToDouble(stump -> Math.min(stump.low(), stump.high())).sum();
    }

    /** The same in LightGBM. */
    RankingModel load() {
        return RankingModel.load(text(), features);
    }

    /** The same in LightGBM's text format, version 4. */
    String text() {
        StringBuilder text = new StringBuilder("tree\nversion=v4\nnum_class=1\n");
        text.append("num_tree_per_iteration=1\nlabel_index=0\n");
        text.append("max_feature_idx=").append(features.size() - 1).append('\n');
        text.append("objective=lambdarank\n");
        text.append("feature_names=").append(String.join(" ", features.names())).append('\n');
        text.append("feature_infos=");
        text.append("[-1000:1000] ".repeat(features.size()).strip()).append("\n\n");
        for (int tree = 0; tree < stumps.size(); tree++) {
            text.append(text(tree, stumps.get(tree)));
        }
        return text.append("end of trees\n\nparameters:\nend of parameters\n").toString();
    }

    /** Decision type 10: numeric, NaN is missing, what is missing goes left. */
    private static String text(int tree, Stump stump) {
        return String.format(
                Locale.ROOT,
                """
                Tree=%d
                num_leaves=2
                num_cat=0
                split_feature=%d
                split_gain=1
                threshold=%s
                decision_type=10
                left_child=-1
                right_child=-2
                leaf_value=%s %s
                leaf_weight=1 1
                leaf_count=10 10
                internal_value=0
                internal_weight=0
                internal_count=20
                is_linear=0
                shrinkage=1


                """,
                tree,
                stump.column(),
                stump.threshold(),
                stump.low(),
                stump.high());
    }
}
