package dev.persona.bench.retail;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.demo.node.Workers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Events in the order in which they are delivered: shuffled, a tenth of them twice. A repeat comes
 * in the same call as the first, or much later, and then often with another body.
 *
 * @param phases each to be sent when the one before has been answered; the calls of a phase may go
 *     out at the same time
 * @param duplicates how many of the deliveries are repeats
 */
record Deliveries(List<List<List<Delivery>>> phases, int duplicates) {

    private static final int PHASES = 5;
    private static final int CALL = 1000;
    private static final int ONE_REPEATED_OF = 10;
    private static final int ONE_AT_ONCE_OF = 3;

    /**
     * An event on its way.
     *
     * @param event as it is sent
     * @param repeat whether its id has been delivered before, so that the answer must be duplicate
     */
    record Delivery(ObjectNode event, boolean repeat) {

        String expected() {
            return repeat ? "duplicate" : "created";
        }
    }

    /** Draws the order and the repeats; the same seed draws the same. */
    static Deliveries draw(List<ObjectNode> events, long seed) {
        Random random = new Random(seed);
        List<ObjectNode> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        List<List<List<Delivery>>> phases = new ArrayList<>();
        List<ObjectNode> later = new ArrayList<>();
        int size = Math.max(1, (shuffled.size() + PHASES - 1) / PHASES);
        for (List<ObjectNode> share : Workers.parts(shuffled, size)) {
            List<Delivery> phase = new ArrayList<>();
            later.forEach(event -> phase.add(new Delivery(event, true)));
            later.clear();
            share.forEach(event -> phase.add(new Delivery(event, false)));
            // Repeats among new ones, each new one still once.
            Collections.shuffle(phase, random);
            phases.add(calls(phase, shuffled, later, random));
        }
        phases.add(Workers.parts(later.stream().map(e -> new Delivery(e, true)).toList(), CALL));
        int sent = phases.stream().flatMap(List::stream).mapToInt(List::size).sum();
        return new Deliveries(List.copyOf(phases), sent - events.size());
    }

    /** Cuts a phase into calls, adds repeats to them, and puts other repeats off. */
    private static List<List<Delivery>> calls(
            List<Delivery> phase, List<ObjectNode> all, List<ObjectNode> later, Random random) {
        List<List<Delivery>> calls = new ArrayList<>();
        for (List<Delivery> part : Workers.parts(phase, CALL)) {
            List<Delivery> call = new ArrayList<>();
            for (Delivery delivery : part) {
                call.add(delivery);
                if (delivery.repeat() || random.nextInt(ONE_REPEATED_OF) > 0) {
                    continue;
                }
                ObjectNode again =
                        random.nextBoolean()
                                ? delivery.event()
                                : altered(delivery.event(), all.get(random.nextInt(all.size())));
                if (random.nextInt(ONE_AT_ONCE_OF) == 0) {
                    call.add(new Delivery(again, true));
                } else {
                    later.add(again);
                }
            }
            calls.add(call);
        }
        return calls;
    }

    /** The same id, but all else, also the user, of another event. */
    private static ObjectNode altered(ObjectNode event, ObjectNode other) {
        ObjectNode altered = other.deepCopy();
        altered.set("event_id", event.get("event_id"));
        return altered;
    }

    /** How many events go out, repeats among them. */
    int sent() {
        return phases.stream().flatMap(List::stream).mapToInt(List::size).sum();
    }
}
