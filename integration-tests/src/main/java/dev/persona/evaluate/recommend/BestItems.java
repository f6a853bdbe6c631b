package dev.persona.evaluate.recommend;

import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The items with the highest scores; of equal ones those that more users bought, then by id. */
final class BestItems {

    private final History history;
    private final double[] scores;

    /**
     * @param scores one for each item of the history
     */
    BestItems(History history, double[] scores) {
        this.history = history;
        this.scores = scores;
    }

    /**
     * The best, best first.
     *
     * @param user index of the user whose purchases are left out of {@link Candidates#NEW}
     */
    List<String> of(int user, Candidates candidates) {
        int[] bought = candidates == Candidates.NEW ? history.boughtBy(user) : new int[0];
        int[] best = new int[Recommender.SIZE];
        int size = 0;
        for (int item = 0; item < scores.length; item++) {
            boolean full = size == best.length;
            if (full && !before(item, best[size - 1]) || Arrays.binarySearch(bought, item) >= 0) {
                continue;
            }
            int place = full ? size - 1 : size++;
            while (place > 0 && before(item, best[place - 1])) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = item;
        }
        List<String> ids = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ids.add(history.items().id(best[i]));
        }
        return ids;
    }

    private boolean before(int a, int b) {
        if (scores[a] != scores[b]) {
            return scores[a] > scores[b];
        }
        return history.buyers(a) != history.buyers(b)
                ? history.buyers(a) > history.buyers(b)
                : a < b;
    }
}
