package dev.persona.profiling.profile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Days, hours and weekdays of a catalog's time zone.
 *
 * <p>A day is a number: the epoch day of the local date, 0 for 1970-01-01. A zone that never
 * changes its clocks, such as UTC, costs one addition.
 */
public final class LocalCalendar {
    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

    /** 1970-01-01 was a Thursday, the fourth day of a week that begins with Monday. */
    private static final int WEEKDAY_OF_DAY_0 = 3;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final boolean fixed;
    private final long fixedOffset;

    /** The calendar of a zone. */
    public LocalCalendar(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
        this.fixed = rules.isFixedOffset();
        this.fixedOffset = fixed ? offset(0) : 0;
    }

    /** The number of the local day that a time, in milliseconds since 1970, is in. */
    public int day(long time) {
        return dayOf(local(time));
    }

    /** The first moment of a local day, in milliseconds since 1970. */
    public long start(int day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** What a clock on the wall shows, as milliseconds since it showed 1970-01-01T00:00. */
    long local(long time) {
        return time + (fixed ? fixedOffset : offset(time));
    }

    /** The day of what a clock on the wall shows. */
    static int dayOf(long local) {
        return Math.clamp(
                Math.floorDiv(local, MILLIS_PER_DAY), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The hour of what a clock on the wall shows, 0 to 23. */
    static int hourOf(long local) {
        return (int) (Math.floorMod(local, MILLIS_PER_DAY) / MILLIS_PER_HOUR);
    }

    /** The weekday of a day, 0 for Monday to 6. */
    static int weekdayOf(int day) {
        return (int) Math.floorMod((long) day + WEEKDAY_OF_DAY_0, 7L);
    }

    private long offset(long time) {
        return 1000L * rules.getOffset(Instant.ofEpochMilli(time)).getTotalSeconds();
    }
}
