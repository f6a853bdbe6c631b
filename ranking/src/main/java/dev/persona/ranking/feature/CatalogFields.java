package dev.persona.ranking.feature;

import java.util.List;

/**
 * What a catalog can tell about its items.
 *
 * @param hasPrice whether there is a price
 * @param hasCreatedAt whether it is known when an item was created
 * @param attributes names of the attributes, such as category and brand
 */
public record CatalogFields(boolean hasPrice, boolean hasCreatedAt, List<String> attributes) {

    /** Copies the list. */
    public CatalogFields {
        attributes = List.copyOf(attributes);
    }

    /** Whether items of this catalog can have a value for the feature. */
    public boolean has(Feature feature) {
        return switch (feature) {
            case Feature.Price f -> hasPrice;
            case Feature.PriceDistance f -> hasPrice;
            case Feature.Age f -> hasCreatedAt;
            case Feature.Affinity f -> attributes.contains(f.attribute());
            default -> true;
        };
    }
}
