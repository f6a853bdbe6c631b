package dev.persona.profiling.profile;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;

import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a catalog turns events into profiles.
 *
 * @param weights what one event of each type adds; 0 for types not named; negative ones speak
 *     against an item
 * @param decay how fast weights fade
 * @param zone whose days, hours and weekdays count
 * @param categoryAttribute the attribute by whose values price levels are told apart
 */
public record ProfileRules(
        Map<EventType, Double> weights,
        ForwardDecay decay,
        ZoneId zone,
        Optional<String> categoryAttribute) {
    /** As many of 1 to 5 stars say neither good nor bad of an item. */
    private static final double MIDDLE_RATING = 3;

    /** Each star off the middle is worth half of the weight. */
    private static final double STARS_PER_WEIGHT = 2;

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
        Objects.requireNonNull(decay);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(categoryAttribute);
    }

    /** What one event of the type adds before decay. */
    public double weight(EventType type) {
        return weights.getOrDefault(type, 0.0);
    }

    /** The largest weight of any type; 0 when none speaks for an item. */
    public double heaviest() {
        return weights.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /**
     * How much of its type's weight an event counts: of a rating with a number of stars, from -1
     * for one star over 0 for three to 1 for five; of any other event, 1.
     */
    public double factor(Event event) {
        return factor(event.type(), event.amount().value());
    }

    private static double factor(EventType type, double stars) {
        if (type != EventType.RATING || Double.isNaN(stars)) {
            return 1;
        }
        return Math.clamp((stars - MIDDLE_RATING) / STARS_PER_WEIGHT, -1, 1);
    }

    /** What an event adds before decay. */
    public double weight(Event event) {
        return weight(event.type(), event.amount().value());
    }

    /**
     * What an event adds before decay.
     *
     * @param value the event's own number, such as stars; NaN when it has none
     */
    public double weight(EventType type, double value) {
        return weight(type) * factor(type, value);
    }
}
