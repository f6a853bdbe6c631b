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
 * <p>Hits outside the window stay below it, on this shard and when shards are merged: see {@link
 * #outside}.
 */
final class PersonalizeRescorer implements Rescorer {
    static final PersonalizeRescorer INSTANCE = new PersonalizeRescorer();

    /** Bits of non-negative floats are in the order of their values; these are the last. */
    private static final int LARGEST = Float.floatToIntBits(Float.MAX_VALUE);

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
        double[] scores = context.model.score(context.features(hits), window);

        // A total order: score as it is given out, then place in the first pass.
        int[] place = placesInFirstPass(top.scoreDocs, byDoc);
        int[] order =
                IntStream.range(0, window)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingDouble(i -> -(float) scores[i])
                                        .thenComparingInt(i -> place[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        ScoreDoc[] result = new ScoreDoc[top.scoreDocs.length];
        Set<Integer> rescored = new HashSet<>();
        for (int i = 0; i < window; i++) {
            ScoreDoc hit = byDoc[order[i]];
            hit.score = (float) scores[order[i]];
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
     * The score of a hit outside the window: from -3.4e38 to -2.3e19, so below every score inside
     * any shard's window, and rising with the first pass score, so that such hits keep their order
     * across shards too. First pass scores may be anything, such as a time in seconds; the two bits
     * that are cut off keep the largest of them from coming near to what a forest says.
     */
    static float outside(float firstPassScore) {
        int place = Float.floatToIntBits(Math.max(firstPassScore, 0)) >> 2;
        return -Float.intBitsToFloat(LARGEST - place);
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
        details.add(Explanation.match(0, "first pass, seen by the model as a feature", source));
        return Explanation.match(
                (float) Arrays.stream(contributions).sum(),
                "personalized score, sum of what each feature contributes:",
                details);
    }

    private static String shown(float value) {
        return Float.isNaN(value) ? "missing" : Float.toString(value);
    }
}
