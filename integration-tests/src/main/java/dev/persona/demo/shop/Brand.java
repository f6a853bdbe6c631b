package dev.persona.demo.shop;

import java.util.List;

/**
 * An invented brand.
 *
 * @param name as indexed
 * @param departments where it sells
 * @param priceLevel log of its prices relative to the usual ones: 0 usual, 0.7 about double
 * @param style unit vector over the styles of the vocabulary
 * @param reach how much of its departments' range it makes, relative to other brands
 */
public record Brand(
        String name, List<String> departments, double priceLevel, double[] style, double reach) {}
