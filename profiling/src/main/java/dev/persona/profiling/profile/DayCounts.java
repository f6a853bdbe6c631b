package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Arrays;

/**
 * How many events fell on each day, for the latest {@value #DAYS} days up to the last with an
 * event. A day that has left that window never comes back into it, so the order of the events does
 * not matter.
 */
final class DayCounts {
    /** 90 days that are shown, and 30 for a reader whose today is before the last event. */
    static final int DAYS = 120;

    private int[] days = new int[4];
    private long[] counts = new long[4];
    private int size;

    void add(int day, long count) {
        if (size > 0 && days[size - 1] == day) {
            counts[size - 1] += count;
            return;
        }
        if (size > 0 && day <= (long) days[size - 1] - DAYS) {
            return;
        }
        int place = Arrays.binarySearch(days, 0, size, day);
        if (place >= 0) {
            counts[place] += count;
            return;
        }
        insert(-place - 1, day, count);
        forgetTheOld();
    }

    private void insert(int place, int day, long count) {
        if (size == days.length) {
            days = Arrays.copyOf(days, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(days, place, days, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        days[place] = day;
        counts[place] = count;
        size++;
    }

    private void forgetTheOld() {
        long last = days[size - 1];
        int old = 0;
        while (days[old] <= last - DAYS) {
            old++;
        }
        if (old > 0) {
            size -= old;
            System.arraycopy(days, old, days, 0, size);
            System.arraycopy(counts, old, counts, 0, size);
        }
    }

    void absorb(DayCounts other) {
        for (int i = 0; i < other.size; i++) {
            add(other.days[i], other.counts[i]);
        }
    }

    /** Events on the last so many days up to and with today. */
    long last(int howMany, int today) {
        long sum = 0;
        for (int i = size - 1; i >= 0 && days[i] > (long) today - howMany; i--) {
            if (days[i] <= today) {
                sum += counts[i];
            }
        }
        return sum;
    }

    /** An array of day, count, day, count, ... */
    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < size; i++) {
            json.writeNumber(days[i]);
            json.writeNumber(counts[i]);
        }
        json.writeEndArray();
    }

    void read(JsonNode json) {
        for (int i = 0; i + 1 < json.size(); i += 2) {
            add(json.get(i).asInt(), json.get(i + 1).asLong());
        }
    }
}
