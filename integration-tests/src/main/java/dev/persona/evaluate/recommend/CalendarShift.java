package dev.persona.evaluate.recommend;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Moves the calendar of a file so that its cut is now: a node counts what is years ago as
 * forgotten, and what is new by its clock.
 *
 * <p>All times are moved by the same whole number of hours, so that the cut is less than an hour
 * before now, and the shop's time zone is chosen so that days of the file stay days.
 *
 * @param by what is added to every time
 * @param timeZone IANA name of a zone in which the moved cut is midnight
 */
record CalendarShift(Duration by, String timeZone) {

    private static final int LAST_WESTERN_HOUR = 12;
    private static final int HOURS_A_DAY = 24;

    /** The shift that moves the first moment of a day, by UTC, to the last full hour. */
    static CalendarShift of(LocalDate cut, Instant now) {
        Instant midnight = cut.atStartOfDay(ZoneOffset.UTC).toInstant();
        long hours = Math.floorDiv(Duration.between(midnight, now).toSeconds(), 3600L);
        int hour = Math.floorMod(hours, HOURS_A_DAY);
        // Names of this kind count hours west of Greenwich, against ISO-8601.
        String zone =
                hour == 0
                        ? "UTC"
                        : hour <= LAST_WESTERN_HOUR
                                ? "Etc/GMT+" + hour
                                : "Etc/GMT-" + (HOURS_A_DAY - hour);
        return new CalendarShift(Duration.ofHours(hours), zone);
    }

    /** A time of the file, moved. */
    Instant of(Instant time) {
        return time.plus(by);
    }
}
