package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HeapSizeTest {

    @Test
    void readsAndWritesWhatTheJvmTakes() {
        assertEquals(new HeapSize(512), HeapSize.parse("512m"));
        assertEquals("512m", HeapSize.parse("512M").toString());
        assertEquals("2g", HeapSize.parse("2G").toString());
        assertEquals("1536m", HeapSize.parse("1536m").toString());
        assertEquals("256m", HeapSize.parse("512m").directMemory());
    }

    @Test
    void whatNoNodeStartsWithIsRefused() {
        for (String text : new String[] {"", "g", "1", "1t", "-1g", "1.5g", "64m", "9999999g"}) {
            assertThrows(IllegalArgumentException.class, () -> HeapSize.parse(text), text);
        }
    }
}
