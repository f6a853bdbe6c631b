package dev.persona.demo.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

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

    @Test
    void gradesBelowZeroAndNoRanksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Ndcg(10).of(new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> new Ndcg(0));
    }
}
