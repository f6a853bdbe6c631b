package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FactorizationSizeTest {
    @Test
    void itCountsVectorsEntriesAndWhatThreadsWorkIn() {
        long one = new FactorizationSize(1000, 500, 0, 64, 1).bytes();

        assertEquals(
                4L * 64 * 1000 + 4 * 1000,
                new FactorizationSize(2000, 500, 0, 64, 1).bytes() - one);
        assertEquals(16 * 700, new FactorizationSize(1000, 500, 700, 64, 1).bytes() - one);
        assertEquals(
                CholeskySolver.bytes(64), new FactorizationSize(1000, 500, 0, 64, 2).bytes() - one);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheBytesItNeeds() {
        FactorizationSize size = new FactorizationSize(1000, 500, 700, 64, 1);

        assertDoesNotThrow(() -> size.requireAtMost(size.bytes()));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> size.requireAtMost(size.bytes() - 1));
        assertEquals(
                "a factorization of 1000 users and 500 items with 700 entries into 64 factors needs "
                        + size.bytes()
                        + " bytes of heap, at most "
                        + (size.bytes() - 1)
                        + " are there",
                e.getMessage());
    }

    @Test
    void moreVectorsThanOneArrayHoldsAreRefused() {
        FactorizationSize size = new FactorizationSize(Integer.MAX_VALUE / 64 + 1, 1, 1, 64, 1);

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> size.requireAtMost(Long.MAX_VALUE));
        assertTrue(e.getMessage().contains("one array of 2147483648 floats"), e.getMessage());
    }

    @Test
    void bytesBeyondALongStayAtItsEnd() {
        assertEquals(
                Long.MAX_VALUE,
                new FactorizationSize(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 64, 2)
                        .bytes());
        assertEquals(
                Long.MAX_VALUE, new FactorizationSize(Long.MAX_VALUE / 256, 1, 1, 64, 2).bytes());
    }
}
