package dev.persona.plugin.catalog;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.core.TimeValue;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads and writes lengths of time in Elasticsearch's notation, such as 30d. */
public final class Times {
    private static final List<TimeUnit> UNITS =
            List.of(TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS);

    private Times() {}

    /** Milliseconds in the largest unit that they are whole in. */
    public static String text(long millis) {
        for (TimeUnit unit : UNITS) {
            if (millis % unit.toMillis(1) == 0) {
                return new TimeValue(millis / unit.toMillis(1), unit).getStringRep();
            }
        }
        return TimeValue.timeValueMillis(millis).getStringRep();
    }

    /**
     * Reads a time within bounds.
     *
     * @throws InvalidFieldException when it is none, or out of bounds
     */
    public static TimeValue parse(String field, String text, TimeValue least, TimeValue most) {
        String was = ", was [" + JsonFields.shorten(text) + "]";
        TimeValue time;
        try {
            time = TimeValue.parseTimeValue(text, field);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, "must be a time such as 30d" + was);
        }
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new InvalidFieldException(
                    field,
                    "must be from " + least.getStringRep() + " to " + most.getStringRep() + was);
        }
        return time;
    }
}
