package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.util.OptionalDouble;

/** At which hours and on which weekdays a user does something; being shown something is not it. */
public final class ActiveTimes {
    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;

    /** The night is from 22 to 6 o'clock, the weekend is Saturday and Sunday. */
    private static final int NIGHT_BEGINS = 22;

    private static final int NIGHT_ENDS = 6;
    private static final int SATURDAY = 5;

    private final long[] hours = new long[HOURS];
    private final long[] weekdays = new long[WEEKDAYS];
    private long total;

    ActiveTimes() {}

    void add(int hour, int weekday) {
        hours[hour]++;
        weekdays[weekday]++;
        total++;
    }

    void absorb(ActiveTimes other) {
        for (int i = 0; i < HOURS; i++) {
            hours[i] += other.hours[i];
        }
        for (int i = 0; i < WEEKDAYS; i++) {
            weekdays[i] += other.weekdays[i];
        }
        total += other.total;
    }

    /** Share of the events from 22 to 6 o'clock; empty without an event. */
    public OptionalDouble nightShare() {
        long night = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            night += hour >= NIGHT_BEGINS || hour < NIGHT_ENDS ? hours[hour] : 0;
        }
        return share(night);
    }

    /** Share of the events on Saturdays and Sundays; empty without an event. */
    public OptionalDouble weekendShare() {
        return share(weekdays[SATURDAY] + weekdays[SATURDAY + 1]);
    }

    private OptionalDouble share(long some) {
        return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) some / total);
    }

    void write(JsonGenerator json) throws IOException {
        if (total > 0) {
            json.writeFieldName("hours");
            json.writeArray(hours, 0, HOURS);
            json.writeFieldName("weekdays");
            json.writeArray(weekdays, 0, WEEKDAYS);
        }
    }

    void read(JsonNode profile) {
        for (int i = 0; i < HOURS; i++) {
            hours[i] = profile.path("hours").path(i).asLong();
            total += hours[i];
        }
        for (int i = 0; i < WEEKDAYS; i++) {
            weekdays[i] = profile.path("weekdays").path(i).asLong();
        }
    }

    /** Events by hour, 0 to 23. */
    ArrayNode shownHours() {
        return numbers(hours);
    }

    /** Events by weekday, Monday first. */
    ArrayNode shownWeekdays() {
        return numbers(weekdays);
    }

    private static ArrayNode numbers(long[] numbers) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (long number : numbers) {
            json.add(number);
        }
        return json;
    }
}
