package dev.persona.profiling.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class ColdStartParametersTest {
    @Test
    void parametersOutOfBoundsAreRefusedByName() {
        assertEquals(
                "[regularizations] must be at least one, was []",
                messageOf(List.of(), 3, 2, 10, 10, 0.1));
        assertEquals(
                "[regularizations] must be between 1e-6 and 1e9, was [1.0, 0.0]",
                messageOf(List.of(1.0, 0.0), 3, 2, 10, 10, 0.1));
        assertEquals(
                "[halfWeightUsers] must be finite and at least 0, was NaN",
                messageOf(List.of(1.0), Double.NaN, 2, 10, 10, 0.1));
        assertEquals(
                "[minItems] must be at least 1, was 0", messageOf(List.of(1.0), 3, 0, 10, 10, 0.1));
        assertEquals(
                "[maxTerms] must be between 1 and 1000000, was 1000001",
                messageOf(List.of(1.0), 3, 2, 1_000_001, 10, 0.1));
        assertEquals(
                "[maxSteps] must be between 1 and 10000, was 0",
                messageOf(List.of(1.0), 3, 2, 10, 0, 0.1));
        assertEquals(
                "[tolerance] must be above 0 and below 1, was 1.0",
                messageOf(List.of(1.0), 3, 2, 10, 10, 1));
    }

    @Test
    void anItemOfHalfWeightUsersCountsHalf() {
        ColdStartParameters parameters = ColdStartParameters.DEFAULT;

        assertEquals(0, parameters.weight(0));
        assertEquals(0.5f, parameters.weight((float) parameters.halfWeightUsers()));
        assertEquals(1, parameters.weight(1e9f), 1e-6);
    }

    private static String messageOf(
            List<Double> regularizations,
            double halfWeightUsers,
            int minItems,
            int maxTerms,
            int maxSteps,
            double tolerance) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new ColdStartParameters(
                                        regularizations,
                                        halfWeightUsers,
                                        minItems,
                                        maxTerms,
                                        maxSteps,
                                        tolerance))
                .getMessage();
    }
}
