package dev.persona.plugin.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What the upkeep of a catalog has done since it came to this node. */
final class UpkeepCounters {
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong tombstones = new AtomicLong();
    private final AtomicLong merges = new AtomicLong();
    private final AtomicLong populations = new AtomicLong();
    private final AtomicLong profiles = new AtomicLong();
    private final AtomicLong segmented = new AtomicLong();
    private final AtomicLong products = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile long last;
    private volatile long took;

    /** A run is over; both in milliseconds. */
    void ran(long at, long duration) {
        last = at;
        took = duration;
        runs.incrementAndGet();
    }

    void eventsExpired(long count) {
        events.addAndGet(count);
    }

    void tombstonesExpired(long count) {
        tombstones.addAndGet(count);
    }

    void mergesFinished(long count) {
        merges.addAndGet(count);
    }

    void populationChanged() {
        populations.incrementAndGet();
    }

    void profilesTagged(long count) {
        profiles.addAndGet(count);
    }

    void profilesSegmented(long count) {
        segmented.addAndGet(count);
    }

    void productsFilled(long count) {
        products.addAndGet(count);
    }

    void stepFailed() {
        failures.incrementAndGet();
    }

    void write(ObjectNode json) {
        json.put("runs", runs.get());
        if (runs.get() > 0) {
            json.put("last_run", Instant.ofEpochMilli(last).toString());
            json.put("last_took", took);
        }
        json.put("events_expired", events.get());
        json.put("tombstones_expired", tombstones.get());
        json.put("merges_finished", merges.get());
        json.put("population_changes", populations.get());
        json.put("profiles_tagged", profiles.get());
        json.put("profiles_segmented", segmented.get());
        json.put("products_filled", products.get());
        json.put("failed_steps", failures.get());
    }
}
