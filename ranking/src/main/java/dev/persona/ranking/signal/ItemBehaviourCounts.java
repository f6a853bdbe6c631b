package dev.persona.ranking.signal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Counts what users did with items, which are given by number.
 *
 * <p>The click rate is clicks over expected clicks (Zhang and Jones, Comparing Click Logs and
 * Editorial Labels for Training Query Rewriting, WWW 2007): an item is expected to be clicked as
 * often as items are on average in the places where it was shown, so that standing high in the list
 * is no merit.
 */
final class ItemBehaviourCounts {
    /** Places grow coarser towards the end of a list: half an octave each. */
    static final int PLACES = 24;

    /** How many expected clicks the assumption of an average item is worth. */
    private static final double SMOOTHING = 3;

    private final LongConsumer memory;
    private double[] weights = new double[64];
    private int[] clicks = new int[64];

    /** Items * places, row-major. */
    private int[] shown = new int[64 * PLACES];

    private final long[] clicked = new long[PLACES];

    /**
     * Counts nothing yet.
     *
     * @param memory told of bytes before they are taken, and when they are given back
     */
    ItemBehaviourCounts(LongConsumer memory) {
        this.memory = memory;
    }

    /** An item was shown at a position of a list, from 1. */
    void shown(int item, int position) {
        reach(item);
        shown[item * PLACES + place(position)]++;
    }

    /** Something was done with an item that weighs so much, decayed. */
    void done(int item, double weight) {
        reach(item);
        weights[item] += weight;
    }

    /** An item was clicked at a position of a list, from 1. */
    void clicked(int item, int position) {
        reach(item);
        clicks[item]++;
        clicked[place(position)]++;
    }

    private void reach(int item) {
        if (item >= weights.length) {
            weights = Growth.doubles(weights, item + 1, memory);
            clicks = Growth.ints(clicks, weights.length, memory);
            shown = Growth.ints(shown, Math.multiplyExact(weights.length, PLACES), memory);
        }
    }

    private static int place(int position) {
        return Math.min((int) (2 * Math.log(position) / Math.log(2)), PLACES - 1);
    }

    SignalSums.Behaviour sums(int items) {
        return new SignalSums.Behaviour(
                Arrays.copyOf(weights, items),
                Arrays.copyOf(clicks, items),
                Arrays.copyOf(shown, items * PLACES),
                clicked.clone());
    }

    /**
     * Adds what others have counted.
     *
     * @param itemOf number here of each of their items
     */
    void add(SignalSums.Behaviour others, int[] itemOf) {
        for (int other = 0; other < itemOf.length; other++) {
            int item = itemOf[other];
            reach(item);
            weights[item] += others.weights()[other];
            clicks[item] += others.clicks()[other];
            for (int place = 0; place < PLACES; place++) {
                shown[item * PLACES + place] += others.shown()[other * PLACES + place];
            }
        }
        for (int place = 0; place < PLACES; place++) {
            clicked[place] += others.clicked()[place];
        }
    }

    /**
     * Behaviour towards all items that there are.
     *
     * @param demand for them
     */
    ItemBehaviour build(CountedIds ids, DemandCounts demand) {
        if (ids.size() > 0) {
            reach(ids.size() - 1);
        }
        double[] rates = rates(ids.size());
        Map<String, ItemBehaviour.Numbers> numbers = HashMap.newHashMap(ids.size());
        for (int item = 0; item < ids.size(); item++) {
            numbers.put(ids.id(item), numbers(item, rates, demand.of(item)));
        }
        return new ItemBehaviour(numbers);
    }

    /** Clicks over times shown, of all items together, for each place. */
    private double[] rates(int items) {
        double[] rates = new double[PLACES];
        for (int place = 0; place < PLACES; place++) {
            long all = 0;
            for (int item = 0; item < items; item++) {
                all += shown[item * PLACES + place];
            }
            rates[place] = all > 0 ? (double) clicked[place] / all : 0;
        }
        return rates;
    }

    private ItemBehaviour.Numbers numbers(int item, double[] rates, Demand demand) {
        double expected = 0;
        for (int place = 0; place < PLACES; place++) {
            expected += shown[item * PLACES + place] * rates[place];
        }
        return new ItemBehaviour.Numbers(
                (float) Math.log1p(Math.max(weights[item], 0)),
                (float) ((clicks[item] + SMOOTHING) / (expected + SMOOTHING)),
                demand);
    }
}
