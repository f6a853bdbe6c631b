package dev.persona.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand: log2(2) = 1, log2(3) = 1.5849625, log2(4) = 2. */
class NdcgTest {

    @Test
    void agreesWithAWorkedExample() {
        // Gains 1, 0, 7, 3 at discounts 1, 1.5849625, 2, 2.3219281; best order 7, 3, 1, 0.
        double gained = 1 + 7 / 2.0 + 3 / 2.3219281;
        double best = 7 + 3 / 1.5849625 + 1 / 2.0;
        assertEquals(gained / best, new Ndcg(10).of(new int[] {1, 0, 3, 2}), 1e-7);
        assertEquals(0.6166464, new Ndcg(10).of(new int[] {1, 0, 3, 2}), 1e-6);
    }

    @Test
    void placesAfterTheKthDoNotCountAndTheBestOrderMayUseThem() {
        assertEquals(1 / (7 + 3 / 1.5849625), new Ndcg(2).of(new int[] {1, 0, 3, 2}), 1e-7);
        assertEquals(0, new Ndcg(2).of(new int[] {0, 0, 3}));
    }

    @Test
    void theBestOrderIsOneAndAnyOtherLess() {
        assertEquals(1, new Ndcg(3).of(new int[] {3, 1, 1, 0}));
        assertEquals(1 / 1.5849625, new Ndcg(3).of(new int[] {0, 1}), 1e-7);
    }

    @Test
    void isNotANumberWhenNothingIsRelevant() {
        assertEquals(Double.NaN, new Ndcg(10).of(new int[] {0, 0, 0}));
        assertEquals(Double.NaN, new Ndcg(10).of(new int[] {}));
    }

    @Test
    void leavesTheGradesAsTheyWere() {
        int[] grades = {0, 2, 1};
        new Ndcg(10).of(grades);
        assertArrayEquals(new int[] {0, 2, 1}, grades);
    }

    @Test
    void refusesToCountNoPlaces() {
        assertThrows(IllegalArgumentException.class, () -> new Ndcg(0));
    }
}
