package dev.persona.demo.measure;

import dev.persona.demo.measure.Bootstrap.Interval;
import dev.persona.metric.Ndcg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * NDCG@10 of several orders over the same windows. A session in which nothing of the window is
 * relevant says nothing about any order; it is counted and left out for all of them.
 */
public final class OrderComparison {

    private static final Ndcg NDCG_10 = new Ndcg(10);

    private final long seed;
    private final Map<String, List<Double>> byOrder = new LinkedHashMap<>();
    private int sessions;
    private int withoutRelevant;

    /**
     * @param orders names of the orders, in the order to show them
     * @param seed of the bootstrap
     */
    public OrderComparison(List<String> orders, long seed) {
        this.seed = seed;
        orders.forEach(order -> byOrder.put(order, new ArrayList<>()));
    }

    /**
     * Adds one session.
     *
     * @param grades of the window in first-pass order
     * @param keys for each order, the keys to sort that window by, highest first
     */
    public void add(int[] grades, Map<String, double[]> keys) {
        if (!keys.keySet().equals(byOrder.keySet())) {
            throw new IllegalArgumentException(
                    "needs keys for " + byOrder.keySet() + ", had " + keys.keySet());
        }
        if (NDCG_10.of(grades).isEmpty()) {
            withoutRelevant++;
            return;
        }
        sessions++;
        byOrder.forEach(
                (order, values) -> {
                    OptionalDouble ndcg = NDCG_10.of(Order.sorted(grades, keys.get(order)));
                    values.add(ndcg.getAsDouble());
                });
    }

    /** Names of the orders. */
    public List<String> orders() {
        return List.copyOf(byOrder.keySet());
    }

    /** Sessions measured. */
    public int sessions() {
        return sessions;
    }

    /** Sessions left out because no candidate was relevant. */
    public int withoutRelevant() {
        return withoutRelevant;
    }

    /** Mean NDCG@10 of an order; NaN without sessions. */
    public double mean(String order) {
        double sum = 0;
        for (double value : byOrder.get(order)) {
            sum += value;
        }
        return sum / sessions;
    }

    /** 95% interval of the mean; at least one session. */
    public Interval interval(String order) {
        return Bootstrap.ofMean(values(order), seed);
    }

    /** How many times as good the first order is as the second. */
    public double ratio(String above, String below) {
        return mean(above) / mean(below);
    }

    /** 95% interval of the ratio; at least one session. */
    public Interval ratioInterval(String above, String below) {
        return Bootstrap.ofRatio(values(above), values(below), seed);
    }

    private double[] values(String order) {
        return byOrder.get(order).stream().mapToDouble(Double::doubleValue).toArray();
    }
}
