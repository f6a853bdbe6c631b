package dev.persona.ranking.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Ids, numbered in the order in which they are met, and how many events each has. */
final class CountedIds {
    /** A text, a boxed number, their entry in a map and their place in a list, on the heap. */
    private static final long BYTES_PER_ID = 140;

    private final LongConsumer memory;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private int[] events = new int[64];

    /**
     * None yet.
     *
     * @param memory told of bytes before they are taken, and when they are given back
     */
    CountedIds(LongConsumer memory) {
        this.memory = memory;
    }

    /** The number of an id, which is a new one when the id is. */
    int number(String id) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        memory.accept(BYTES_PER_ID + id.length());
        int number = ids.size();
        if (number == events.length) {
            events = Growth.ints(events, number + 1, memory);
        }
        numbers.put(id, number);
        ids.add(id);
        return number;
    }

    void count(int number, int more) {
        events[number] += more;
    }

    String id(int number) {
        return ids.get(number);
    }

    int events(int number) {
        return events[number];
    }

    int size() {
        return ids.size();
    }

    /** Adds what others have counted; says which numbers their ids have here. */
    int[] add(SignalSums.Ids others) {
        int[] here = new int[others.ids().size()];
        for (int i = 0; i < here.length; i++) {
            here[i] = number(others.ids().get(i));
            count(here[i], others.events()[i]);
        }
        return here;
    }

    SignalSums.Ids sums() {
        return new SignalSums.Ids(List.copyOf(ids), Arrays.copyOf(events, ids.size()));
    }
}
