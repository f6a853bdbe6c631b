package dev.persona.ranking.recommend;

import dev.persona.profiling.cooccurrence.RelatedItems;
import dev.persona.profiling.factorization.IdIndex;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the items of a user are related to, added up: each item gives out as much as it says of the
 * user, shared among the items related to it in proportion to how closely they are.
 *
 * <p>Takes memory for the related items, however large the catalog: a table with open addressing,
 * at most half full.
 */
public final class Relations {
    private static final int NOTHING = -1;

    private final IdIndex items;

    /** Index of the item in each place of the table, or {@link #NOTHING}. */
    private final int[] keys;

    private final float[] sums;
    private final float[] largest;

    /** The item of the user that gave the largest share. */
    private final int[] strongest;

    /** The items related to those of a user's history. */
    public Relations(RelatedItems related, Map<String, Double> history) {
        this.items = related.items();
        // Sums of floats depend on their order.
        int[] known =
                history.keySet().stream()
                        .mapToInt(items::indexOf)
                        .filter(item -> item != IdIndex.ABSENT)
                        .sorted()
                        .toArray();
        int pairs =
                Arrays.stream(known)
                        .map(item -> related.offsets()[item + 1] - related.offsets()[item])
                        .sum();
        int capacity = Integer.highestOneBit(Math.max(pairs, 1)) * 4;
        this.keys = new int[capacity];
        this.sums = new float[capacity];
        this.largest = new float[capacity];
        this.strongest = new int[capacity];
        Arrays.fill(keys, NOTHING);
        for (int item : known) {
            spread(related, item, history.get(items.id(item)).floatValue());
        }
    }

    private void spread(RelatedItems related, int item, float amount) {
        int from = related.offsets()[item];
        int to = related.offsets()[item + 1];
        float total = 0;
        for (int k = from; k < to; k++) {
            total += related.scores()[k];
        }
        for (int k = from; k < to; k++) {
            float share = amount * related.scores()[k] / total;
            // What has faded for years is nothing in single precision.
            if (share > 0) {
                int place = place(related.related()[k]);
                keys[place] = related.related()[k];
                sums[place] += share;
                if (share > largest[place]) {
                    largest[place] = share;
                    strongest[place] = item;
                }
            }
        }
    }

    /** Where an item is, or would be. */
    private int place(int item) {
        int place = (item * 0x9E3779B9) >>> 7 & keys.length - 1;
        while (keys[place] != NOTHING && keys[place] != item) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }

    /** How closely an item is related to those of the user; 0 when it is not. */
    public double of(String id) {
        int item = items.indexOf(id);
        return item == IdIndex.ABSENT ? 0 : sums[place(item)];
    }

    /** The largest of all; 0 when nothing is related. */
    public double largest() {
        double most = 0;
        for (float sum : sums) {
            most = Math.max(most, sum);
        }
        return most;
    }

    /** The item of the user that an item is related to most; empty when it is to none. */
    public Optional<String> because(String id) {
        int item = items.indexOf(id);
        return item == IdIndex.ABSENT || keys[place(item)] == NOTHING
                ? Optional.empty()
                : Optional.of(items.id(strongest[place(item)]));
    }

    /** Those most closely related, the closest first. */
    public List<String> closest(int most) {
        return IntStream.range(0, keys.length)
                .filter(place -> keys[place] != NOTHING)
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingDouble(place -> -sums[place])
                                .thenComparingInt(place -> keys[place]))
                .limit(most)
                .map(place -> items.id(keys[place]))
                .toList();
    }
}
