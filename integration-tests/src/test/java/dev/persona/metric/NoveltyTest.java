package dev.persona.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class NoveltyTest {

    private final Map<String, Integer> buyers = Map.of("everybody's", 8, "half's", 4, "one's", 1);

    private double of(int ranks, String... list) {
        return new Novelty(ranks, 8, item -> buyers.getOrDefault(item, 0))
                .of(List.of(list))
                .orElseThrow();
    }

    @Test
    void isTheMeanOfBits() {
        assertEquals(0, of(20, "everybody's"), 1e-12);
        assertEquals((0 + 1 + 3) / 3.0, of(20, "everybody's", "half's", "one's"), 1e-12);
    }

    @Test
    void onlyTheFirstRanksCount() {
        assertEquals(0.5, of(2, "everybody's", "half's", "one's"), 1e-12);
    }

    @Test
    void whatNobodyBoughtIsAsNewAsWhatOneBought() {
        assertEquals(3, of(20, "nobody's"), 1e-12);
    }

    @Test
    void anEmptyListHasNone() {
        assertTrue(new Novelty(20, 8, item -> 1).of(List.of()).isEmpty());
    }
}
