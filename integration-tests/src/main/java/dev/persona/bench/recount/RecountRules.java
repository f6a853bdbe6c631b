package dev.persona.bench.recount;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a catalog says of how its events count.
 *
 * @param weights weight by event type; 0 for any other
 * @param halfLife after which an event counts half
 * @param zone of days, hours and weekdays
 * @param category attribute that prices are told apart by
 */
public record RecountRules(
        Map<String, Double> weights, Duration halfLife, ZoneId zone, Optional<String> category) {

    /** Of a catalog that says nothing. */
    public static final RecountRules DEFAULT =
            new RecountRules(
                    Map.ofEntries(
                            Map.entry("view", 1.0),
                            Map.entry("click", 1.0),
                            Map.entry("favorite", 3.0),
                            Map.entry("add_to_cart", 3.0),
                            Map.entry("remove_from_cart", -2.0),
                            Map.entry("purchase", 6.0),
                            Map.entry("rating", 1.0),
                            Map.entry("review", 1.0),
                            Map.entry("dismiss", -2.0)),
                    Duration.ofDays(30),
                    ZoneOffset.UTC,
                    Optional.empty());

    /** The same, with another weight for a type of event. */
    public RecountRules withWeight(String type, double weight) {
        Map<String, Double> others = new HashMap<>(weights);
        others.put(type, weight);
        return new RecountRules(Map.copyOf(others), halfLife, zone, category);
    }

    /** The same, with prices told apart by an attribute. */
    public RecountRules withCategory(String attribute) {
        return new RecountRules(weights, halfLife, zone, Optional.of(attribute));
    }

    /** The same, with the days of another place. */
    public RecountRules withZone(ZoneId place) {
        return new RecountRules(weights, halfLife, place, category);
    }

    /** What is left at a time of a weight of 1. */
    double decay(long then, long now) {
        return Math.pow(2, -((double) (now - then) / halfLife.toMillis()));
    }

    /** Weight of an event; one of a rating goes with its stars, 1 to 5, from -1 to 1 times. */
    double weight(CountedEvent event) {
        double weight = weights.getOrDefault(event.type(), 0.0);
        return event.type().equals("rating") && event.value().isPresent()
                ? weight * Math.clamp((event.value().getAsDouble() - 3) / 2, -1.0, 1.0)
                : weight;
    }

    /** Number of the local day, from 1970-01-01. */
    long day(long time) {
        return Instant.ofEpochMilli(time).atZone(zone).toLocalDate().toEpochDay();
    }
}
