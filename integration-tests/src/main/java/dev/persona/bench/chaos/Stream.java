package dev.persona.bench.chaos;

import dev.persona.bench.Pause;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Deals out the numbers of events to the clients, and knows which have been acknowledged. It lets
 * no client run ahead of the disruptions, and slows them down while one is going on, so that there
 * is always something on its way when a node dies or comes back.
 */
final class Stream {

    private static final int SMALLEST_BATCH = 50;
    private static final int LARGEST_BATCH = 300;
    private static final int ONE_REPEATED_OF = 10;
    private static final Duration POLL = Duration.ofMillis(20);

    /**
     * An event to send.
     *
     * @param number of the event
     * @param repeat whether it has been acknowledged before
     * @param altered whether its body is another one now
     */
    record Shipment(int number, boolean repeat, boolean altered) {}

    private final int events;
    private final SplittableRandom random;
    private final BitSet acknowledged = new BitSet();
    private final ArrayDeque<Shipment> repeats = new ArrayDeque<>();
    private int next;
    private int limit;
    private double perSecond = Double.POSITIVE_INFINITY;
    private long nextDue = System.nanoTime();
    private boolean stopped;

    Stream(int events, long seed) {
        this.events = events;
        this.random = new SplittableRandom(seed);
    }

    /** Lets events below a number go out. */
    synchronized void allow(long below) {
        limit = (int) Math.min(below, events);
    }

    /** From now on so many events a second go out at most. */
    synchronized void pace(double eventsPerSecond) {
        perSecond = eventsPerSecond;
    }

    /** Ends the stream early: a client or the disruptions have failed. */
    synchronized void stop() {
        stopped = true;
    }

    synchronized int acknowledged() {
        return acknowledged.cardinality();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Waits for the next batch; empty when there is nothing more to send. */
    Optional<List<Shipment>> take() {
        while (true) {
            long due;
            List<Shipment> batch = new ArrayList<>();
            synchronized (this) {
                if (stopped || next == events && repeats.isEmpty()) {
                    return Optional.empty();
                }
                int size = random.nextInt(SMALLEST_BATCH, LARGEST_BATCH + 1);
                if (next < limit || next == events) {
                    fill(batch, size);
                }
                due = Math.max(nextDue, System.nanoTime());
                nextDue = due + (long) (batch.size() / perSecond * 1e9);
            }
            if (batch.isEmpty() == false) {
                Pause.of(Duration.ofNanos(due - System.nanoTime()));
                return Optional.of(batch);
            }
            Pause.of(POLL);
        }
    }

    private void fill(List<Shipment> batch, int size) {
        while (batch.size() < size && next < limit) {
            batch.add(new Shipment(next, false, false));
            // Now and then a shop says a thing twice in one breath.
            if (random.nextInt(20 * ONE_REPEATED_OF) == 0) {
                batch.add(new Shipment(next, false, false));
            }
            next++;
        }
        int repeated = next == events ? size : size / ONE_REPEATED_OF + 1;
        for (int i = 0; i < repeated && repeats.isEmpty() == false; i++) {
            batch.add(repeats.poll());
        }
    }

    /** Takes note that an event is stored; one of ten is sent again some time later. */
    synchronized void acknowledge(Shipment shipment) {
        acknowledged.set(shipment.number());
        if (shipment.repeat() == false && random.nextInt(ONE_REPEATED_OF) == 0) {
            repeats.add(new Shipment(shipment.number(), true, random.nextInt(3) == 0));
        }
    }
}
