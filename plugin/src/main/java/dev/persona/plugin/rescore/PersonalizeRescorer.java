package dev.persona.plugin.rescore;

import dev.persona.ranking.feature.FeatureExtractor;
import dev.persona.ranking.feature.Hits;
import dev.persona.ranking.feature.Viewer;
import dev.persona.ranking.model.RankingModel;

import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gives each hit of the window the score of the ranking model and orders the window by it; hits of
 * equal score keep the order of the first pass.
 *
 * <p>Forests say negative numbers too, but Elasticsearch takes no negative scores where it goes on
 * with them, as its rescorer retriever does. So all scores of a model are raised by one number, the
 * same on all shards, that makes its lowest possible score {@value #LOWEST_INSIDE}. Hits outside
 * the window stay below that, on this shard and when shards are merged: see {@link #outside}.
 */
final class PersonalizeRescorer implements Rescorer {
    static final PersonalizeRescorer INSTANCE = new PersonalizeRescorer();

    private static final double LOWEST_INSIDE = 1;

    private PersonalizeRescorer() {}

    /** What one shard needs to re-order its hits. */
    static final class Context extends RescoreContext {
        private final RankingModel model;
        private final Viewer viewer;
        private final HitReader hits;

        Context(int windowSize, RankingModel model, Viewer viewer, HitReader hits) {
            super(windowSize, INSTANCE);
            this.model = model;
            this.viewer = viewer;
            this.hits = hits;
        }

        /** What a score of the model is raised by. */
        private double raise() {
            return LOWEST_INSIDE - model.lowestScore();
        }

        private float[] features(Hits window) {
            return new FeatureExtractor(model.features()).extract(viewer, window);
        }
    }

    @Override
    public TopDocs rescore(TopDocs top, IndexSearcher searcher, RescoreContext rescoreContext)
            throws IOException {
        Context context = (Context) rescoreContext;
        int window = Math.min(context.getWindowSize(), top.scoreDocs.length);
        // Lucene gives out values in the order of the documents.
        ScoreDoc[] byDoc = Arrays.copyOf(top.scoreDocs, window);
        Arrays.sort(byDoc, Comparator.comparingInt(hit -> hit.doc));
        Hits hits = context.hits.read(byDoc, searcher, context::checkCancellation);
        double[] raw = context.model.score(context.features(hits), window);
        float[] scores = new float[window];
        for (int i = 0; i < window; i++) {
            scores[i] = (float) (raw[i] + context.raise());
        }

        // A total order: score as it is given out, then place in the first pass.
        int[] place = placesInFirstPass(top.scoreDocs, byDoc);
        int[] order =
                IntStream.range(0, window)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingDouble(i -> -scores[i])
                                        .thenComparingInt(i -> place[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        ScoreDoc[] result = new ScoreDoc[top.scoreDocs.length];
        Set<Integer> rescored = new HashSet<>();
        for (int i = 0; i < window; i++) {
            ScoreDoc hit = byDoc[order[i]];
            hit.score = scores[order[i]];
            result[i] = hit;
            rescored.add(hit.doc);
        }
        for (int i = window; i < result.length; i++) {
            result[i] = top.scoreDocs[i];
            result[i].score = outside(result[i].score);
        }
        context.setRescoredDocs(rescored);
        return new TopDocs(top.totalHits, result);
    }

    private static int[] placesInFirstPass(ScoreDoc[] firstPass, ScoreDoc[] byDoc) {
        int[] docs = Arrays.stream(byDoc).mapToInt(hit -> hit.doc).toArray();
        int[] places = new int[docs.length];
        for (int place = 0; place < docs.length; place++) {
            places[Arrays.binarySearch(docs, firstPass[place].doc)] = place;
        }
        return places;
    }

    /**
     * The score of a hit outside the window: from 0 to 1e-19, and rising with the first pass score,
     * so that such hits keep their order across shards too. First pass scores may be anything, such
     * as a time in seconds. The bits of non-negative floats are in the order of their values; two
     * bits fewer make the largest of them tiny and cost two bits of precision.
     */
    static float outside(float firstPassScore) {
        return Float.intBitsToFloat(Float.floatToIntBits(Math.max(firstPassScore, 0)) >> 2);
    }

    @Override
    public Explanation explain(
            int doc, IndexSearcher searcher, RescoreContext rescoreContext, Explanation source)
            throws IOException {
        Context context = (Context) rescoreContext;
        float firstPass = source.getValue().floatValue();
        if (!context.isRescored(doc)) {
            return Explanation.match(
                    outside(firstPass), "outside the window, below all hits inside", source);
        }
        ScoreDoc[] hit = {new ScoreDoc(doc, firstPass)};
        float[] row = context.features(context.hits.read(hit, searcher, () -> {}));
        double[] contributions = context.model.contributions(row);
        List<String> names = context.model.features().names();
        List<Explanation> details = new ArrayList<>();
        IntStream.range(0, row.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(contributions[i])))
                .forEach(
                        i ->
                                details.add(
                                        Explanation.match(
                                                contributions[i],
                                                names.get(i) + " = " + shown(row[i]))));
        details.add(
                Explanation.match(
                        contributions[row.length], "score of a hit that nothing is known of"));
        details.add(
                Explanation.match(
                        context.raise(),
                        "the same for all hits, keeps scores of the model above 0"));
        details.add(Explanation.match(0, "first pass, seen by the model as a feature", source));
        return Explanation.match(
                (float) (Arrays.stream(contributions).sum() + context.raise()),
                "personalized score, sum of what each feature contributes:",
                details);
    }

    private static String shown(float value) {
        return Float.isNaN(value) ? "missing" : Float.toString(value);
    }
}
