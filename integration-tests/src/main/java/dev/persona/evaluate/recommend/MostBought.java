package dev.persona.evaluate.recommend;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;

import java.util.List;

/** The same to everybody: what most users bought. */
final class MostBought implements Recommender {

    private final History history;
    private final BestItems best;

    MostBought(History history) {
        this.history = history;
        double[] buyers = new double[history.items().size()];
        for (int item = 0; item < buyers.length; item++) {
            buyers[item] = history.buyers(item);
        }
        best = new BestItems(history, buyers);
    }

    @Override
    public List<String> items(String user, Candidates candidates) {
        return best.of(history.users().indexOf(user), candidates);
    }
}
