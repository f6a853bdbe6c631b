package dev.persona.profiling.cooccurrence;

import dev.persona.profiling.factorization.IdIndex;

import java.util.Arrays;
import java.util.Objects;

/**
 * For each item the items that go with it, the strongest first: those of item i stand at offsets[i]
 * to offsets[i + 1] - 1, by descending score and, in a tie, by ascending index.
 */
public final class RelatedItems {
    private final IdIndex items;
    private final int[] offsets;
    private final int[] related;
    private final float[] scores;

    /**
     * @param items ids of the items
     * @param offsets items + 1 long, ascending from 0; like the others not copied, and not to be
     *     changed from here on
     * @param related indexes of the related items
     * @param scores how strongly each of them goes with the item, finite
     * @throws IllegalArgumentException if the lengths do not fit together, or an item is out of
     *     range, its own relative or out of order
     */
    public RelatedItems(IdIndex items, int[] offsets, int[] related, float[] scores) {
        this.items = Objects.requireNonNull(items, "items");
        this.offsets = offsets;
        this.related = related;
        this.scores = scores;
        requireLengths();
        for (int item = 0; item < items.size(); item++) {
            requireList(item);
        }
    }

    /** The items and their indexes. */
    public IdIndex items() {
        return items;
    }

    /** Where each item's related items begin, items + 1 long: no copy, to be read only. */
    public int[] offsets() {
        return offsets;
    }

    /** The related items of all items: no copy, to be read only. */
    public int[] related() {
        return related;
    }

    /** The scores of all related items: no copy, to be read only. */
    public float[] scores() {
        return scores;
    }

    /** The indexes of the items related to one item, the strongest first. */
    public int[] relatedTo(int item) {
        return Arrays.copyOfRange(related, offsets[item], offsets[item + 1]);
    }

    /** Their scores, in the order of {@link #relatedTo}. */
    public float[] scoresOf(int item) {
        return Arrays.copyOfRange(scores, offsets[item], offsets[item + 1]);
    }

    private void requireLengths() {
        if (offsets.length != items.size() + 1) {
            throw new IllegalArgumentException(
                    "the offsets of "
                            + items.size()
                            + " items must be "
                            + (items.size() + 1)
                            + " numbers, were "
                            + offsets.length);
        }
        if (related.length != scores.length) {
            throw new IllegalArgumentException(
                    related.length
                            + " related items must have as many scores, had "
                            + scores.length);
        }
        int last = offsets[items.size()];
        if (offsets[0] != 0 || last != related.length) {
            throw new IllegalArgumentException(
                    "the offsets must go from 0 to the number of related items, "
                            + related.length
                            + ", went from "
                            + offsets[0]
                            + " to "
                            + last);
        }
        for (int item = 0; item < items.size(); item++) {
            if (offsets[item] > offsets[item + 1]) {
                throw new IllegalArgumentException(
                        "the offsets must ascend, were "
                                + offsets[item]
                                + " and then "
                                + offsets[item + 1]
                                + " at item "
                                + item);
            }
        }
    }

    private void requireList(int item) {
        for (int i = offsets[item]; i < offsets[item + 1]; i++) {
            if (related[i] < 0 || related[i] >= items.size() || related[i] == item) {
                throw new IllegalArgumentException(
                        "an item related to item "
                                + item
                                + " must be another of "
                                + items.size()
                                + ", was "
                                + related[i]);
            }
            if (!Float.isFinite(scores[i])) {
                throw new IllegalArgumentException(
                        "the score of item "
                                + related[i]
                                + " for item "
                                + item
                                + " must be finite, was "
                                + scores[i]);
            }
            if (i > offsets[item] && !isInOrder(i)) {
                throw new IllegalArgumentException(
                        "the items related to item "
                                + item
                                + " must be in the order of their scores and then of their indexes;"
                                + " item "
                                + related[i]
                                + " with "
                                + scores[i]
                                + " came after item "
                                + related[i - 1]
                                + " with "
                                + scores[i - 1]);
            }
        }
    }

    private boolean isInOrder(int i) {
        return scores[i - 1] > scores[i]
                || scores[i - 1] == scores[i] && related[i - 1] < related[i];
    }
}
