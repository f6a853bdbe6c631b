package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

class CalendarShiftTest {

    private static final LocalDate CUT = LocalDate.of(2011, 11, 1);
    private static final Instant MIDNIGHT = CUT.atStartOfDay(ZoneOffset.UTC).toInstant();

    @Test
    void atAnyHourTheMovedCutIsMidnightInAKnownZoneAndLessThanAnHourBeforeNow() {
        Instant day = Instant.parse("2026-03-29T00:17:42Z");
        for (int hour = 0; hour < 24; hour++) {
            Instant now = day.plus(Duration.ofHours(hour));
            CalendarShift shift = CalendarShift.of(CUT, now);
            Instant moved = shift.of(MIDNIGHT);
            assertFalse(moved.isAfter(now), now.toString());
            assertTrue(Duration.between(moved, now).toHours() < 1, now.toString());
            assertTrue(ZoneId.getAvailableZoneIds().contains(shift.timeZone()), shift.timeZone());
            assertEquals(
                    LocalTime.MIDNIGHT,
                    moved.atZone(ZoneId.of(shift.timeZone())).toLocalTime(),
                    now.toString());
        }
    }

    @Test
    void aDayOfTheFileIsADayOfTheShop() {
        CalendarShift shift = CalendarShift.of(CUT, Instant.parse("2026-03-29T13:30:00Z"));
        ZoneId zone = ZoneId.of(shift.timeZone());
        Instant morning = Instant.parse("2011-07-05T07:00:00Z");
        Instant evening = Instant.parse("2011-07-05T19:00:00Z");
        assertEquals(
                shift.of(morning).atZone(zone).toLocalDate(),
                shift.of(evening).atZone(zone).toLocalDate());
        assertEquals(LocalTime.of(7, 0), shift.of(morning).atZone(zone).toLocalTime());
    }

    @Test
    void aCutInTheFutureIsMovedBack() {
        Instant now = Instant.parse("2011-10-20T05:59:59Z");
        assertEquals(
                Instant.parse("2011-10-20T05:00:00Z"), CalendarShift.of(CUT, now).of(MIDNIGHT));
    }
}
