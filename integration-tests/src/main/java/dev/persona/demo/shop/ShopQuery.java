package dev.persona.demo.shop;

import java.util.List;

/**
 * What a shopper types: at most one modifier, then what the thing is.
 *
 * @param noun such as lamp
 * @param modifiers such as brass; empty or one word
 */
public record ShopQuery(String noun, List<String> modifiers) {
    /** Keeps its own copy of the modifiers. */
    public ShopQuery {
        modifiers = List.copyOf(modifiers);
    }

    /** The text sent to the search. */
    public String text() {
        return modifiers.isEmpty() ? noun : String.join(" ", modifiers) + " " + noun;
    }
}
