package dev.persona.ranking.feature;

import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.RecentItem;

import java.util.Map;
import java.util.Optional;

/**
 * Turns hits into the float matrix that the ranking model scores. Searches and training both come
 * through here, so a model is trained on what it will see.
 */
public final class FeatureExtractor {
    private static final double MILLIS_PER_DAY = 86_400_000.0;

    private final FeatureSet features;

    /** An extractor for the features of one model. */
    public FeatureExtractor(FeatureSet features) {
        this.features = features;
    }

    /**
     * Computes all features of all hits.
     *
     * @return float[hits * features], row-major
     */
    public float[] extract(Viewer viewer, Hits hits) {
        float[] matrix = new float[hits.size() * features.size()];
        for (int column = 0; column < features.size(); column++) {
            fill(features.features().get(column), viewer, hits, matrix, column);
        }
        return matrix;
    }

    private void fill(Feature feature, Viewer viewer, Hits hits, float[] matrix, int column) {
        Column into = new Column(matrix, column, features.size());
        switch (feature) {
            case Feature.FirstPassScore f -> firstPassScore(hits, into);
            case Feature.Price f -> price(hits, into);
            case Feature.Age f -> age(viewer, hits, into);
            case Feature.Affinity f -> affinity(f.attribute(), viewer, hits, into);
            case Feature.PriceDistance f -> priceDistance(viewer, hits, into);
            case Feature.InterestDot f -> interestDot(viewer, hits, into);
            case Feature.InterestCosine f -> interestCosine(viewer, hits, into);
            case Feature.ItemVectorLength f -> itemVectorLength(hits, into);
            case Feature.ItemPopularity f -> itemPopularity(hits, into);
            case Feature.ItemClickRate f -> itemClickRate(hits, into);
            case Feature.ItemWeight f -> itemWeight(viewer, hits, into);
            case Feature.DaysSinceItem f -> daysSinceItem(viewer, hits, into);
            case Feature.EventCount f -> {
                double count = Math.log1p(viewer.profile().count(f.type()));
                for (int i = 0; i < hits.size(); i++) {
                    into.set(i, count);
                }
            }
        }
    }

    private static void firstPassScore(Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, hits.score(i));
        }
    }

    private static void price(Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, logPrice(hits, i));
        }
    }

    /** ln price, NaN for a price that is missing or not above 0. */
    private static double logPrice(Hits hits, int hit) {
        double price = hits.price(hit);
        return price > 0 ? Math.log(price) : Double.NaN;
    }

    private static void age(Viewer viewer, Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, (viewer.now() - hits.createdAt(i)) / MILLIS_PER_DAY);
        }
    }

    private static void affinity(String attribute, Viewer viewer, Hits hits, Column into) {
        Profile profile = viewer.profile();
        Map<String, Double> sums = profile.affinities().of(attribute);
        double total = profile.affinities().positive(attribute);
        Optional<String[][]> column = hits.attribute(attribute);
        for (int i = 0; i < hits.size(); i++) {
            double best = Double.NaN;
            if (total > 0 && column.isPresent()) {
                for (String value : column.get()[i]) {
                    double share = sums.getOrDefault(value, 0.0) / total;
                    best = share > best || Double.isNaN(best) ? share : best;
                }
            }
            into.set(i, best);
        }
    }

    private static void priceDistance(Viewer viewer, Hits hits, Column into) {
        double mean = viewer.profile().price().meanLog();
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, Math.abs(logPrice(hits, i) - mean));
        }
    }

    private static void interestDot(Viewer viewer, Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, dot(viewer.interest(), hits, i));
        }
    }

    private static void interestCosine(Viewer viewer, Hits hits, Column into) {
        double squares = 0;
        for (float number : viewer.interest()) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < hits.size(); i++) {
            double lengths = length * length(hits, i);
            into.set(i, lengths > 0 ? dot(viewer.interest(), hits, i) / lengths : Double.NaN);
        }
    }

    private static void itemVectorLength(Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, length(hits, i));
        }
    }

    /** NaN when the user has no vector, or one of another length than the items'. */
    private static double dot(float[] interest, Hits hits, int hit) {
        int factors = hits.factors();
        if (interest.length != factors || factors == 0) {
            return Double.NaN;
        }
        float[] vectors = hits.vectors();
        int row = hit * factors;
        double sum = 0;
        for (int f = 0; f < factors; f++) {
            sum += interest[f] * vectors[row + f];
        }
        return sum;
    }

    private static double length(Hits hits, int hit) {
        int factors = hits.factors();
        if (factors == 0) {
            return Double.NaN;
        }
        float[] vectors = hits.vectors();
        int row = hit * factors;
        double sum = 0;
        for (int f = 0; f < factors; f++) {
            sum += vectors[row + f] * vectors[row + f];
        }
        return Math.sqrt(sum);
    }

    private static void itemPopularity(Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, hits.popularity(i));
        }
    }

    private static void itemClickRate(Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            into.set(i, hits.clickRate(i));
        }
    }

    private static void itemWeight(Viewer viewer, Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            Optional<RecentItem> recent = viewer.profile().recentItems().find(hits.id(i));
            into.set(i, recent.isPresent() ? recent.get().weight(viewer.now()) : 0);
        }
    }

    private static void daysSinceItem(Viewer viewer, Hits hits, Column into) {
        for (int i = 0; i < hits.size(); i++) {
            Optional<RecentItem> recent = viewer.profile().recentItems().find(hits.id(i));
            into.set(
                    i,
                    recent.isPresent()
                            ? (viewer.now() - recent.get().last()) / MILLIS_PER_DAY
                            : Double.NaN);
        }
    }

    /** One column of a row-major matrix. */
    private record Column(float[] matrix, int column, int width) {
        void set(int row, double value) {
            matrix[row * width + column] = (float) value;
        }
    }
}
