package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.concurrent.atomic.LongAdder;

/** What a follower has done since it started. */
final class FollowerCounters {
    private final LongAdder rounds = new LongAdder();
    private final LongAdder applied = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    void round() {
        rounds.increment();
    }

    /** Events that went into a profile; counted again when its write did not succeed. */
    void applied(int events) {
        applied.add(events);
    }

    void written(int profiles) {
        written.add(profiles);
    }

    /** A profile that somebody else has written meanwhile. */
    void conflict() {
        conflicts.increment();
    }

    /** Events that are in no profile because Elasticsearch refuses it for good. */
    void skipped(int events) {
        skipped.add(events);
    }

    /** Events of users who have been erased. */
    void dropped(int events) {
        dropped.add(events);
    }

    void write(ObjectNode json) {
        json.put("rounds", rounds.sum());
        json.put("events_applied", applied.sum());
        json.put("profiles_written", written.sum());
        json.put("conflicts", conflicts.sum());
        json.put("events_skipped", skipped.sum());
        json.put("events_dropped", dropped.sum());
    }
}
