package dev.persona.bench.chaos;

import dev.persona.bench.chaos.Stream.Shipment;

import java.util.concurrent.atomic.AtomicLong;

/** What clients were answered. */
final class Tally {

    /** Events answered as being there already: repeats, and retries of what had been stored. */
    final AtomicLong duplicates = new AtomicLong();

    /** Events sent again because they were not acknowledged. */
    final AtomicLong retried = new AtomicLong();

    /** Events that had been acknowledged and were stored as new all the same: once lost. */
    final AtomicLong createdAgain = new AtomicLong();

    void count(String result, Shipment shipment) {
        if (result.equals("duplicate")) {
            duplicates.incrementAndGet();
        } else if (shipment.repeat()) {
            createdAgain.incrementAndGet();
        }
    }
}
