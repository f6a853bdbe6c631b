package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchException;

import java.util.concurrent.atomic.LongAdder;

/** What a follower has done since it started. */
final class FollowerCounters {
    private static final Logger logger = LogManager.getLogger(FollowerCounters.class);

    private final LongAdder rounds = new LongAdder();
    private final LongAdder applied = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    void round() {
        rounds.increment();
    }

    /** Events that went into a profile. */
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

    /** A profile that Elasticsearch refuses for good, with the events that are in it now. */
    void skip(String catalog, int events, Exception reason) {
        skipped.add(events);
        logger.warn(
                "a profile of [{}] is not kept up, Elasticsearch refuses it; mend the cause and"
                        + " rebuild the profiles: {}",
                catalog,
                ElasticsearchException.getExceptionName(reason));
        // Says who it is, and quotes the profile.
        logger.debug("a profile is refused", reason);
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
