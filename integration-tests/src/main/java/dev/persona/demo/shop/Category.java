package dev.persona.demo.shop;

import java.util.List;

/**
 * A shelf of the shop.
 *
 * @param name as indexed, such as Garden Lighting
 * @param department the group of categories it belongs to
 * @param factor its prices relative to the usual price of a noun
 * @param kinds words that go before the noun, such as garden in garden lamp
 * @param nouns what it sells
 */
public record Category(
        String name, String department, double factor, List<String> kinds, List<String> nouns) {
    /** Keeps its own copies of the lists. */
    public Category {
        kinds = List.copyOf(kinds);
        nouns = List.copyOf(nouns);
    }
}
