package dev.persona.evaluate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class TimeFormatTest {

    private static final Instant TIME = Instant.parse("2011-11-01T08:26:00Z");

    @Test
    void usualTimesAreIso8601WithOrWithoutOffsetOrNumbers() {
        assertEquals(TIME, TimeFormat.USUAL.read("2011-11-01T08:26:00Z"));
        assertEquals(TIME, TimeFormat.USUAL.read("2011-11-01T10:26:00+02:00"));
        assertEquals(TIME, TimeFormat.USUAL.read("2011-11-01 08:26"));
        assertEquals(TIME, TimeFormat.USUAL.read("" + TIME.getEpochSecond()));
        assertEquals(TIME, TimeFormat.USUAL.read("" + TIME.toEpochMilli()));
        assertEquals(Instant.parse("2011-11-01T00:00:00Z"), TimeFormat.USUAL.read("2011-11-01"));
    }

    @Test
    void aPatternReadsWhatSpreadsheetsWrite() {
        assertEquals(TIME, TimeFormat.of("M/d/yyyy H:mm").read("11/1/2011 8:26"));
        assertEquals(
                Instant.parse("2011-11-01T00:00:00Z"),
                TimeFormat.of("d MMM yyyy").read("1 Nov 2011"));
    }

    @Test
    void whatIsWrittenOtherwiseIsShownWithTheForm() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TimeFormat.of("M/d/yyyy H:mm").read("2011-11-01"));
        assertEquals("[2011-11-01] is no time of the form [M/d/yyyy H:mm]", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TimeFormat.of("nonsense"));
    }
}
