package dev.persona.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class ReciprocalRankTest {

    @Test
    void onlyTheFirstRelevantItemCounts() {
        List<String> list = List.of("x", "a", "b");
        assertEquals(1.0 / 2, new ReciprocalRank(20).of(list, Set.of("a", "b")), 1e-12);
    }

    @Test
    void isNothingWhereTheFirstRanksHaveNoRelevantItem() {
        assertEquals(0, new ReciprocalRank(2).of(List.of("x", "y", "a"), Set.of("a")), 0);
        assertEquals(0, new ReciprocalRank(2).of(List.of(), Set.of("a")), 0);
    }
}
