package dev.persona.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class RecallTest {

    @Test
    void isTheShareOfTheRelevantItemsThatAreAmongTheFirst() {
        List<String> list = List.of("a", "x", "b", "c");
        assertEquals(2.0 / 4, new Recall(3).of(list, Set.of("a", "b", "c", "d")), 1e-12);
    }

    /** Not of the ranks: two of five relevant items is 0.4 however few ranks there are. */
    @Test
    void isDividedByAllRelevantItemsAlsoWhereTheyAreMoreThanTheRanks() {
        List<String> list = List.of("a", "b");
        assertEquals(0.4, new Recall(2).of(list, Set.of("a", "b", "c", "d", "e")), 1e-12);
    }

    @Test
    void isUndefinedWithoutRelevantItems() {
        assertThrows(
                IllegalArgumentException.class, () -> new Recall(2).of(List.of("a"), Set.of()));
    }
}
