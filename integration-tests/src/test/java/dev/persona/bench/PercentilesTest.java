package dev.persona.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    /** The example of https://en.wikipedia.org/wiki/Percentile, nearest-rank method. */
    @Test
    void aPercentileIsTheValueOfTheNearestRank() {
        Percentiles values = Percentiles.of(50, 15, 20, 40, 35);
        assertEquals(15, values.at(5));
        assertEquals(20, values.at(30));
        assertEquals(20, values.at(40));
        assertEquals(35, values.at(50));
        assertEquals(50, values.at(100));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(2, Percentiles.of(3, 1, 2).median());
        assertEquals(2.5, Percentiles.of(4, 3, 2, 1).median());
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertTrue(Double.isNaN(Percentiles.of().at(99)));
        assertTrue(Double.isNaN(Percentiles.of().median()));
        assertThrows(IllegalArgumentException.class, () -> Percentiles.of(1).at(0));
    }
}
