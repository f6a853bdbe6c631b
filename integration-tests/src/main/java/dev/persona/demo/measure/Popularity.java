package dev.persona.demo.measure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * How often products were chosen in the training period, by anybody: the sum of what each kind of
 * event weighs. Safe for use by several threads.
 */
public final class Popularity {

    /** Weights by event type; types that are not named do not count. */
    private static final Map<String, Double> WEIGHTS =
            Map.of("view", 1.0, "click", 1.0, "add_to_cart", 3.0, "purchase", 10.0);

    private final Map<String, DoubleAdder> byItem = new ConcurrentHashMap<>();

    /** Starts with nothing chosen. */
    public Popularity() {}

    /** Counts one event. */
    public void add(String itemId, String eventType) {
        Double weight = WEIGHTS.get(eventType);
        if (weight != null) {
            byItem.computeIfAbsent(itemId, id -> new DoubleAdder()).add(weight);
        }
    }

    /** The sum so far, 0 for what nobody chose. */
    public double of(String itemId) {
        DoubleAdder sum = byItem.get(itemId);
        return sum == null ? 0 : sum.sum();
    }
}
