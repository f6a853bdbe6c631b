package dev.persona.profiling.profile;

import dev.persona.profiling.event.EventType;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a catalog turns events into profiles.
 *
 * @param weights what one event of each type adds; 0 for types not named; negative ones speak
 *     against an item
 * @param decay how fast weights fade
 */
public record ProfileRules(Map<EventType, Double> weights, ForwardDecay decay) {

    /** The largest weight by magnitude: decayed sums of a thousand times more stay finite. */
    public static final double MOST_WEIGHT = 1e6;

    /**
     * Copies the weights.
     *
     * @throws IllegalArgumentException when one is beyond {@link #MOST_WEIGHT}
     */
    public ProfileRules {
        weights.forEach(
                (type, weight) -> {
                    if (!(Math.abs(weight) <= MOST_WEIGHT)) {
                        throw new IllegalArgumentException(
                                "weight of ["
                                        + type.id()
                                        + "] must be from "
                                        + -MOST_WEIGHT
                                        + " to "
                                        + MOST_WEIGHT
                                        + ", was "
                                        + weight);
                    }
                });
        Map<EventType, Double> copy = new TreeMap<>();
        copy.putAll(weights);
        weights = copy;
    }

    /** What one event of the type adds before decay. */
    public double weight(EventType type) {
        return weights.getOrDefault(type, 0.0);
    }
}
