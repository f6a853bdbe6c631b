package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlsParametersTest {
    @Test
    void countsOutOfBoundsAreRefusedByName() {
        assertEquals("[factors] must be between 1 and 1024, was 0", messageOf(0, 10, 0.1, 1));
        assertEquals("[factors] must be between 1 and 1024, was 1025", messageOf(1025, 10, 0.1, 1));
        assertEquals("[iterations] must be between 1 and 1000, was 0", messageOf(64, 0, 0.1, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-60, 1e60})
    void numbersThatAreNotAboveZeroInSinglePrecisionAreRefusedByName(double value) {
        String ofRegularization = messageOf(64, 10, value, 1);
        assertTrue(ofRegularization.startsWith("[regularization] must be"), ofRegularization);
        assertTrue(ofRegularization.endsWith("was " + value), ofRegularization);

        String ofAlpha = messageOf(64, 10, 0.1, value);
        assertTrue(ofAlpha.startsWith("[alpha] must be"), ofAlpha);
    }

    private static String messageOf(
            int factors, int iterations, double regularization, double alpha) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new AlsParameters(factors, iterations, regularization, alpha, 1))
                .getMessage();
    }
}
