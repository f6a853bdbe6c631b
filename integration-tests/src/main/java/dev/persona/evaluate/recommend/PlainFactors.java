package dev.persona.evaluate.recommend;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.IdIndex;

import java.util.Arrays;
import java.util.List;

/** The user's vector times the vector of every item. */
final class PlainFactors implements Recommender {

    private final History history;
    private final FactorModel model;
    private final int[] rows;

    PlainFactors(History history, FactorModel model) {
        this.history = history;
        this.model = model;
        rows = new int[history.items().size()];
        Arrays.setAll(rows, item -> model.items().indexOf(history.items().id(item)));
    }

    @Override
    public List<String> items(String user, Candidates candidates) {
        int vector = model.users().indexOf(user);
        double[] scores = new double[rows.length];
        for (int item = 0; item < rows.length; item++) {
            boolean known = vector != IdIndex.ABSENT && rows[item] != IdIndex.ABSENT;
            scores[item] = known ? model.score(vector, rows[item]) : Double.NEGATIVE_INFINITY;
        }
        return new BestItems(history, scores).of(history.users().indexOf(user), candidates);
    }
}
