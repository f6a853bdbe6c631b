package dev.persona.profiling.cooccurrence;

import static dev.persona.profiling.cooccurrence.Association.COSINE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoOccurrenceParametersTest {
    @Test
    void countsOutOfBoundsAreRefusedByName() {
        assertEquals("[most_related] must be between 1 and 1000, was 0", messageOf(1, 0, 2, 500));
        assertEquals(
                "[most_related] must be between 1 and 1000, was 1001", messageOf(1, 1001, 2, 500));
        assertEquals(
                "[min_users] must be between 1 and 2147483647, was 0", messageOf(1, 50, 0, 500));
        assertEquals(
                "[most_items_per_user] must be between 2 and 100000, was 1",
                messageOf(1, 50, 2, 1));
        assertEquals(
                "[most_items_per_user] must be between 2 and 100000, was 100001",
                messageOf(1, 50, 2, 100_001));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1_000_001, Double.NaN, Double.POSITIVE_INFINITY})
    void aShrinkageOutOfBoundsIsRefused(double shrinkage) {
        assertEquals(
                "[shrinkage] must be between 0 and 1000000, was " + shrinkage,
                messageOf(shrinkage, 50, 2, 500));
    }

    private static String messageOf(
            double shrinkage, int mostRelated, int minUsers, int mostItemsPerUser) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new CoOccurrenceParameters(
                                        COSINE, shrinkage, mostRelated, minUsers, mostItemsPerUser))
                .getMessage();
    }
}
