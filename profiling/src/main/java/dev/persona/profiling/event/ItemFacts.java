package dev.persona.profiling.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a profile learns about an item: its attributes and price at the time of the event.
 *
 * <p>They are stored with the event, so that a profile stays a function of the events alone: a
 * product that is changed or removed later changes no profile, and a rebuild gives the same one.
 *
 * @param attributes values of each attribute, such as category to [lamps]
 * @param price price in the shop's currency, above 0, or NaN when unknown
 */
public record ItemFacts(Map<String, List<String>> attributes, double price) {

    /** Nothing is known of the item. */
    public static final ItemFacts UNKNOWN = new ItemFacts(Map.of(), Double.NaN);

    /** Copies the attributes, keeping their order; a price that is not above 0 becomes NaN. */
    public ItemFacts {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        attributes = copy;
        price = price > 0 && Double.isFinite(price) ? price : Double.NaN;
    }
}
