package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Arrays;

/**
 * Times of events of one type about one item, the earliest first, each with the factor of its
 * weight; alike ones stand there as often as they happened.
 */
final class EventTimes {
    private long[] times = new long[1];

    /**
     * As long as the times; empty as long as all factors are 1, which those of few types are not.
     */
    private double[] factors = {};

    private int size;

    void add(long time, double factor) {
        if (factor != 1 && factors.length == 0) {
            factors = new double[times.length];
            Arrays.fill(factors, 1);
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            factors = factors.length == 0 ? factors : Arrays.copyOf(factors, 2 * size);
        }
        int at = size;
        while (at > 0 && isBefore(time, factor, at - 1)) {
            at--;
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        times[at] = time;
        if (factors.length > 0) {
            System.arraycopy(factors, at, factors, at + 1, size - at);
            factors[at] = factor;
        }
        size++;
    }

    private boolean isBefore(long time, double factor, int place) {
        return time < times[place] || time == times[place] && factor < factor(place);
    }

    void absorb(EventTimes other) {
        for (int i = 0; i < other.size; i++) {
            add(other.times[i], other.factor(i));
        }
    }

    void removeBefore(long time) {
        int old = 0;
        while (old < size && times[old] < time) {
            old++;
        }
        remove(old);
    }

    void removeFirst() {
        remove(1);
    }

    private void remove(int many) {
        if (many > 0) {
            size -= many;
            System.arraycopy(times, many, times, 0, size);
            if (factors.length > 0) {
                System.arraycopy(factors, many, factors, 0, size);
            }
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long time(int place) {
        return times[place];
    }

    double factor(int place) {
        return factors.length == 0 ? 1 : factors[place];
    }

    long last() {
        return times[size - 1];
    }

    /**
     * Sum of the factors, faded to a time.
     *
     * @param since what is before that counts nothing
     */
    double decayed(long now, ForwardDecay decay, long since) {
        int first = 0;
        while (first < size && times[first] < since) {
            first++;
        }
        double sum = 0;
        for (int i = first; i < size; i++) {
            // A factor of 0 is nothing, even where the other one is infinite.
            sum += factor(i) == 0 ? 0 : factor(i) * decay.between(times[i], now);
        }
        return sum;
    }

    /** An array with a time, or a pair of time and factor where that is not 1, for each event. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < size; i++) {
            if (factor(i) == 1) {
                json.writeNumber(times[i]);
            } else {
                json.writeStartArray();
                json.writeNumber(times[i]);
                json.writeNumber(factors[i]);
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    static EventTimes read(JsonNode json) {
        EventTimes events = new EventTimes();
        events.times = new long[Math.max(1, json.size())];
        for (JsonNode event : json) {
            if (event.isArray()) {
                events.add(event.path(0).asLong(), event.path(1).asDouble());
            } else {
                events.add(event.asLong(), 1);
            }
        }
        return events;
    }
}
