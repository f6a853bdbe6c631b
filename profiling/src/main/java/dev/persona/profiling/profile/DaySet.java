package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;

/** A set of days, in order. */
final class DaySet {
    private int[] days = new int[2];
    private int size;

    /** Whether the day was not there yet. */
    boolean add(int day) {
        int place = size > 0 && days[size - 1] < day ? -size - 1 : find(day);
        if (place >= 0) {
            return false;
        }
        if (size == days.length) {
            days = Arrays.copyOf(days, 2 * size);
        }
        int at = -place - 1;
        System.arraycopy(days, at, days, at + 1, size - at);
        days[at] = day;
        size++;
        return true;
    }

    private int find(int day) {
        return Arrays.binarySearch(days, 0, size, day);
    }

    int size() {
        return size;
    }

    int get(int place) {
        return days[place];
    }

    int first() {
        return days[0];
    }

    int last() {
        return days[size - 1];
    }

    void removeFirst() {
        size--;
        System.arraycopy(days, 1, days, 0, size);
    }

    /**
     * Median of the gaps between a day and the next, in days; the mean of the middle two of an even
     * number. Empty for fewer than two days.
     */
    OptionalDouble medianGap() {
        if (size < 2) {
            return OptionalDouble.empty();
        }
        long[] gaps = new long[size - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (long) days[i + 1] - days[i];
        }
        Arrays.sort(gaps);
        int middle = gaps.length / 2;
        return OptionalDouble.of(
                gaps.length % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2.0);
    }

    /** An array of days. */
    void write(JsonGenerator json) throws IOException {
        json.writeArray(days, 0, size);
    }

    static DaySet read(JsonNode json) {
        DaySet set = new DaySet();
        for (JsonNode day : json) {
            set.add(day.asInt());
        }
        return set;
    }
}
