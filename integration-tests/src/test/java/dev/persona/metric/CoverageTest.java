package dev.persona.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class CoverageTest {

    @Test
    void anItemCountsOnceHoweverManyUsersItIsRecommendedTo() {
        Coverage coverage = new Coverage(2, 10);
        coverage.add(List.of("a", "b"));
        coverage.add(List.of("b", "c"));
        assertEquals(0.3, coverage.share(), 1e-12);
    }

    @Test
    void whatStandsBehindTheRanksIsNotRecommended() {
        Coverage coverage = new Coverage(1, 4);
        coverage.add(List.of("a", "b", "c"));
        assertEquals(0.25, coverage.share(), 1e-12);
    }
}
