package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class IdIndexTest {
    @Test
    void idsAndIndexesLeadToEachOther() {
        IdIndex index = IdIndex.of(List.of("p7", "p3"));

        assertEquals(2, index.size());
        assertEquals("p3", index.id(1));
        assertEquals(1, index.indexOf("p3"));
        assertEquals(IdIndex.ABSENT, index.indexOf("p5"));
    }

    @Test
    void anIdThatStandsTwiceIsRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> IdIndex.of(List.of("p7", "p3", "p7")));

        assertEquals("id [p7] stands twice, at 0 and at 2", e.getMessage());
    }
}
