package dev.persona.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class NdcgTest {

    private static double ndcg(int ranks, int... grades) {
        return new Ndcg(ranks).of(grades).orElseThrow();
    }

    /** 3 + 2/1.585 + 3/2 + 0 + 1/2.585 + 2/2.807 over 3 + 3/1.585 + 2/2 + 2/2.322 + 1/2.585. */
    @Test
    void gradedGainEqualsTheSumByHand() {
        assertEquals(6.8611 / 7.1410, ndcg(6, 3, 2, 3, 0, 1, 2), 1e-4);
    }

    /** One relevant hit at rank 3: 1/log2(4) over 1. */
    @Test
    void oneRelevantHitIsTheDiscountOfItsRank() {
        assertEquals(0.5, ndcg(10, 0, 0, 1, 0), 1e-12);
    }

    @Test
    void bestOrderIsOneAndHitsBehindTheCutOffCountForTheIdealOnly() {
        assertEquals(1, ndcg(10, 3, 2, 1, 0), 1e-12);
        assertEquals(0, ndcg(2, 0, 0, 3), 1e-12);
        assertEquals(1.0 / 3, ndcg(1, 1, 3), 1e-12);
    }

    @Test
    void isUndefinedWithoutRelevantHits() {
        assertTrue(new Ndcg(10).of(new int[] {0, 0}).isEmpty());
        assertTrue(new Ndcg(10).of(new int[0]).isEmpty());
    }

    /** Relevant at ranks 1 and 3 of a list of 3, and one that it lacks. */
    @Test
    void theIdealOfAListHasAllRelevantItemsAlsoThoseThatTheListLacks() {
        double found = 1 + 1 / (Math.log(4) / Math.log(2));
        double ideal = found + 1 / (Math.log(3) / Math.log(2));
        assertEquals(
                found / ideal,
                new Ndcg(10).of(List.of("a", "x", "b"), Set.of("a", "b", "c")),
                1e-12);
    }

    /** All ten ranks are relevant, and so are more items than there are ranks. */
    @Test
    void aListCanBeIdealWithMoreRelevantItemsThanRanks() {
        List<String> list = IntStream.range(0, 10).mapToObj(i -> "i" + i).toList();
        Set<String> relevant =
                IntStream.range(0, 30).mapToObj(i -> "i" + i).collect(Collectors.toSet());
        assertEquals(1, new Ndcg(10).of(list, relevant), 1e-12);
    }

    @Test
    void anEmptyListGainsNothing() {
        assertEquals(0, new Ndcg(10).of(List.of(), Set.of("a")), 0);
    }

    @Test
    void gradesBelowZeroAndNoRanksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Ndcg(10).of(new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> new Ndcg(0));
    }
}
