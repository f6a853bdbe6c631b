package dev.persona.profiling.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.profiling.event.ItemFacts;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class ItemDescriptionTest {
    @Test
    void anItemIsKnownByValuesMagnitudeOfPriceWordsAndPairsOfWords() {
        ItemFacts facts =
                new ItemFacts(
                        Map.of("brand", List.of("Acme"), "colour", List.of("red", "white")), 12.5);

        assertEquals(
                Set.of(
                        "brand=Acme",
                        "colour=red",
                        "colour=white",
                        "price~3",
                        "glass",
                        "lantern",
                        "glass lantern",
                        "lantern glass"),
                new ItemDescription(facts, "Glass lantern, glass").terms());
    }

    @Test
    void pricesOfOneMagnitudeShareATerm() {
        assertEquals(Set.of("price~3"), priced(8));
        assertEquals(Set.of("price~3"), priced(15.99));
        assertEquals(Set.of("price~4"), priced(16));
        assertEquals(Set.of("price~-2"), priced(0.25));
    }

    @Test
    void anItemOfWhichNothingIsKnownHasNoTerms() {
        assertEquals(Set.of(), new ItemDescription(ItemFacts.UNKNOWN, "").terms());
    }

    private static Set<String> priced(double price) {
        return new ItemDescription(new ItemFacts(Map.of(), price), "").terms();
    }
}
