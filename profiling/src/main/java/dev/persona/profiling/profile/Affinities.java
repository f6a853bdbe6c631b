package dev.persona.profiling.profile;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much a user cares for each value of each attribute: sums of event weights from a landmark.
 *
 * <p>An attribute keeps its {@value #MOST_VALUES} weightiest values, by magnitude.
 */
public final class Affinities {
    /** How many values one attribute keeps. */
    static final int MOST_VALUES = 100;

    /** Sorted, as the order in which numbers are added up shows in the last digit. */
    private final Map<String, Map<String, Double>> sums = new TreeMap<>();

    Affinities() {}

    void add(String attribute, String value, double weight) {
        Map<String, Double> values = sums.computeIfAbsent(attribute, name -> new TreeMap<>());
        values.merge(value, weight, Double::sum);
        if (values.size() > MOST_VALUES) {
            values.entrySet().stream()
                    .min(
                            Comparator.<Map.Entry<String, Double>>comparingDouble(
                                            e -> Math.abs(e.getValue()))
                                    .thenComparing(Map.Entry::getKey))
                    .map(Map.Entry::getKey)
                    .ifPresent(values::remove);
        }
    }

    void put(String attribute, String value, double sum) {
        sums.computeIfAbsent(attribute, name -> new TreeMap<>()).put(value, sum);
    }

    void multiply(double factor) {
        sums.values().forEach(values -> values.replaceAll((value, sum) -> sum * factor));
        // An event as old as that would not have been added, had it come later.
        sums.values().forEach(values -> values.values().removeIf(sum -> sum == 0));
        sums.values().removeIf(Map::isEmpty);
    }

    /**
     * The sums of an attribute by value, from the profile's landmark; empty when there are none.
     */
    public Map<String, Double> of(String attribute) {
        return Collections.unmodifiableMap(sums.getOrDefault(attribute, Map.of()));
    }

    /** Attribute to value to sum. */
    Map<String, Map<String, Double>> all() {
        return sums;
    }

    /**
     * The sum over the values that the user rather likes: what a share is a share of.
     *
     * @return at least 0
     */
    public double positive(String attribute) {
        double total = 0;
        for (double sum : sums.getOrDefault(attribute, Map.of()).values()) {
            total += Math.max(sum, 0);
        }
        return total;
    }
}
