package dev.persona.profiling.cooccurrence;

/**
 * The best of the items that were offered, by descending score and, in a tie, by ascending index: a
 * total order, so that what is kept does not depend on the order of the offers.
 *
 * <p>A binary heap with the worst item that is kept on top. Not thread-safe.
 */
final class TopItems {
    private final int[] items;
    private final float[] scores;
    private int size;

    /**
     * @param most number of items that are kept at most; without any, none may be offered
     */
    TopItems(int most) {
        this.items = new int[most];
        this.scores = new float[most];
    }

    /** Keeps the item if it is among the best so far. */
    void offer(int item, float score) {
        if (size < items.length) {
            int hole = size++;
            while (hole > 0) {
                int parent = (hole - 1) >> 1;
                if (!isBetter(items[parent], scores[parent], item, score)) {
                    break;
                }
                move(parent, hole);
                hole = parent;
            }
            put(item, score, hole);
        } else if (isBetter(item, score, items[0], scores[0])) {
            sink(item, score);
        }
    }

    /**
     * Takes all items out.
     *
     * @param toItems takes the items from the given place on, the best first
     * @param toScores takes their scores
     * @return how many they are
     */
    int drain(int[] toItems, float[] toScores, int from) {
        int count = size;
        while (size > 0) {
            size--;
            toItems[from + size] = items[0];
            toScores[from + size] = scores[0];
            sink(items[size], scores[size]);
        }
        return count;
    }

    /** Puts an item in the place of the worst. */
    private void sink(int item, float score) {
        int hole = 0;
        for (int child; (child = 2 * hole + 1) < size; hole = child) {
            int right = child + 1;
            if (right < size
                    && isBetter(items[child], scores[child], items[right], scores[right])) {
                child = right;
            }
            if (!isBetter(item, score, items[child], scores[child])) {
                break;
            }
            move(child, hole);
        }
        put(item, score, hole);
    }

    private void move(int from, int to) {
        put(items[from], scores[from], to);
    }

    private void put(int item, float score, int at) {
        items[at] = item;
        scores[at] = score;
    }

    private static boolean isBetter(int item, float score, int other, float otherScore) {
        return score > otherScore || score == otherScore && item < other;
    }
}
