package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Instant;

/** How often a user did one kind of thing: in all, lately by days, and faded. */
public final class TypeCount {
    private static final int[] SHOWN_DAYS = {1, 7, 30, 90};

    private final DayCounts days = new DayCounts();
    private DecayedSum decayed = new DecayedSum();
    private long total;
    private long last = Long.MIN_VALUE;

    TypeCount() {}

    void add(long time, int day, ForwardDecay.Moment moment) {
        total++;
        last = Math.max(last, time);
        days.add(day, 1);
        decayed.add(1, moment);
    }

    void absorb(TypeCount other) {
        total += other.total;
        last = Math.max(last, other.last);
        days.absorb(other.days);
        decayed.absorb(other.decayed);
    }

    /** Number of events. */
    public long total() {
        return total;
    }

    /** Time of the latest, in milliseconds since 1970. */
    public long last() {
        return last;
    }

    /**
     * Events on the last days of the calendar.
     *
     * @param howMany number of days, at most 90; 1 is today alone
     * @param today number of the local day
     */
    public long lastDays(int howMany, int today) {
        return days.last(howMany, today);
    }

    /** Sum of 2^-(age / half-life). */
    public double decayed(long now, ForwardDecay decay) {
        return decayed.at(now, decay);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("n", total);
        json.writeNumberField("last", last);
        json.writeFieldName("days");
        days.write(json);
        json.writeNumberField("decayed", decayed.sum());
        json.writeNumberField("landmark", decayed.landmark());
        json.writeEndObject();
    }

    static TypeCount read(JsonNode json) {
        TypeCount count = new TypeCount();
        count.total = json.path("n").asLong();
        count.last = json.path("last").asLong();
        count.days.read(json.path("days"));
        count.decayed =
                new DecayedSum(json.path("decayed").asDouble(), json.path("landmark").asLong());
        return count;
    }

    ObjectNode shown(long now, int today, ForwardDecay decay) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("total", total);
        for (int howMany : SHOWN_DAYS) {
            json.put("days_" + howMany, lastDays(howMany, today));
        }
        json.put("decayed", Rounded.of(decayed(now, decay)));
        json.put("last", Instant.ofEpochMilli(last).toString());
        return json;
    }
}
