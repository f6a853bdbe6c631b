package dev.persona.ranking.recommend;

import dev.persona.profiling.cooccurrence.RelatedItems;
import dev.persona.profiling.factorization.IdIndex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the items of a user are related to, added up: each item gives out as much as it says of the
 * user, shared among the items related to it in proportion to how closely they are.
 */
public final class Relations {
    private final IdIndex items;
    private final float[] sums;
    private final int[] touched;
    private final int[] strongest;
    private int size;

    /** The items related to those of a user's history. */
    public Relations(RelatedItems related, Map<String, Double> history) {
        this.items = related.items();
        this.sums = new float[items.size()];
        this.touched = new int[items.size()];
        this.strongest = new int[items.size()];
        float[] largest = new float[items.size()];
        List<String> order = new ArrayList<>(history.keySet());
        // Sums of floats depend on their order.
        order.sort(null);
        for (String id : order) {
            int item = items.indexOf(id);
            if (item != IdIndex.ABSENT) {
                spread(related, item, history.get(id).floatValue(), largest);
            }
        }
    }

    private void spread(RelatedItems related, int item, float amount, float[] largest) {
        int from = related.offsets()[item];
        int to = related.offsets()[item + 1];
        float total = 0;
        for (int k = from; k < to; k++) {
            total += related.scores()[k];
        }
        for (int k = from; k < to; k++) {
            int other = related.related()[k];
            float share = amount * related.scores()[k] / total;
            if (sums[other] == 0) {
                touched[size++] = other;
            }
            sums[other] += share;
            if (share > largest[other]) {
                largest[other] = share;
                strongest[other] = item;
            }
        }
    }

    /** How closely an item is related to those of the user; 0 when it is not. */
    public double of(String id) {
        int item = items.indexOf(id);
        return item == IdIndex.ABSENT ? 0 : sums[item];
    }

    /** The largest of all; 0 when nothing is related. */
    public double largest() {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, sums[touched[i]]);
        }
        return largest;
    }

    /**
     * The item of the user that an item is related to most.
     *
     * @throws IllegalArgumentException when it is related to none
     */
    public String because(String id) {
        if (of(id) == 0) {
            throw new IllegalArgumentException("[" + id + "] is related to no item of the user");
        }
        return items.id(strongest[items.indexOf(id)]);
    }

    /** Those most closely related, the closest first. */
    public List<String> closest(int most) {
        return Arrays.stream(touched, 0, size)
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingDouble(item -> -sums[item])
                                .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .map(items::id)
                .toList();
    }
}
