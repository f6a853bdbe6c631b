package dev.persona.profiling.cooccurrence;

import java.util.Arrays;

/** What one thread relates items with. Not thread-safe. */
final class PairCounter {
    private final Incidence byUser;
    private final Incidence byItem;
    private final CoOccurrenceParameters parameters;
    private final Runnable check;
    private final TopItems strongest;

    /** For each item how many users have it and the item at hand; 0 between two items. */
    private final int[] shared;

    /** The items of which that is above 0. */
    private final int[] met;

    PairCounter(
            Incidence byUser, Incidence byItem, CoOccurrenceParameters parameters, Runnable check) {
        this.byUser = byUser;
        this.byItem = byItem;
        this.parameters = parameters;
        this.check = check;
        this.strongest = new TopItems(Math.min(parameters.mostRelated(), byItem.rows()));
        this.shared = new int[byItem.rows()];
        this.met = new int[byItem.rows()];
    }

    /** Relates items from to to - 1. */
    RelatedPart relate(int from, int to) {
        int[] counts = new int[to - from];
        int most = counts.length * Math.min(parameters.mostRelated(), byItem.rows());
        int[] related = new int[most];
        float[] scores = new float[most];
        int size = 0;
        for (int item = from; item < to; item++) {
            score(item, count(item));
            counts[item - from] = strongest.drain(related, scores, size);
            size += counts[item - from];
        }
        return new RelatedPart(counts, Arrays.copyOf(related, size), Arrays.copyOf(scores, size));
    }

    /** Counts the users that other items share with this one; says how many items were met. */
    private int count(int item) {
        int[] items = byUser.columns();
        int size = 0;
        for (int i = byItem.offsets()[item]; i < byItem.offsets()[item + 1]; i++) {
            check.run();
            int user = byItem.columns()[i];
            int end = byUser.offsets()[user + 1];
            for (int k = byUser.offsets()[user]; k < end; k++) {
                int other = items[k];
                if (shared[other]++ == 0) {
                    met[size++] = other;
                }
            }
        }
        return size;
    }

    /** Offers the items that were met and forgets their counts. */
    private void score(int item, int size) {
        Association association = parameters.association();
        int users = byUser.rows();
        int ofItem = byItem.count(item);
        for (int i = 0; i < size; i++) {
            int other = met[i];
            int both = shared[other];
            shared[other] = 0;
            if (both >= parameters.minUsers() && other != item) {
                float score =
                        association.score(
                                both, ofItem, byItem.count(other), users, parameters.shrinkage());
                if (score > 0) {
                    strongest.offer(other, score);
                }
            }
        }
    }
}
