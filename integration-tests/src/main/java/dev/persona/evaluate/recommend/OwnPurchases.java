package dev.persona.evaluate.recommend;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;

import java.util.List;

/** What the user bought on most occasions; then what most users bought. */
final class OwnPurchases implements Recommender {

    private final History history;

    OwnPurchases(History history) {
        this.history = history;
    }

    @Override
    public List<String> items(String user, Candidates candidates) {
        int index = history.users().indexOf(user);
        double[] scores = new double[history.items().size()];
        int[] bought = history.boughtBy(index);
        for (int i = 0; i < bought.length; i++) {
            scores[bought[i]] = history.occasionsOf(index)[i];
        }
        return new BestItems(history, scores).of(index, candidates);
    }
}
