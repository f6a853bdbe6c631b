package dev.persona.evaluate.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class HistoryTest {

    private final History history =
            new Purchases()
                    .add("u1", "b", "2011-01-01")
                    .add("u1", "b", "2011-01-01")
                    .add("u1", "b", "2011-01-02")
                    .add("u1", "a", "2011-01-02")
                    .add("u2", "b", "2011-01-03")
                    .add("u3", "c", "view", "2011-01-03")
                    .history();

    @Test
    void whatIsBoughtTwiceOnOneOccasionCountsOnce() {
        assertArrayEquals(new int[] {0, 1}, history.boughtBy(0));
        assertArrayEquals(new int[] {1, 2}, history.occasionsOf(0));
    }

    @Test
    void aBuyerCountsOnceHoweverOften() {
        assertEquals(1, history.buyers(0));
        assertEquals(2, history.buyers(1));
    }

    @Test
    void whatIsOnlyViewedIsKnownButNotBought() {
        assertEquals(List.of("a", "b", "c"), history.items().ids());
        assertEquals(0, history.buyers(2));
        assertEquals(0, history.boughtBy(2).length);
    }
}
