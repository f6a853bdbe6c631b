package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.segment.DerivedFields;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.client.internal.Client;

import java.util.List;
import java.util.Map;

/**
 * Takes events into the stored profiles of their users, each written only if nobody else has
 * written it meanwhile. What a profile holds already is recognised, so the same events may be given
 * again after any failure.
 *
 * <p>Waits for other actions; for the threads of followers. Not safe for use by several threads.
 */
final class ProfileWriter {
    /** How often in a row a profile may be written by somebody else before we wait a while. */
    private static final int MOST_CONFLICTS = 5;

    private final Client client;
    private final ProfileCache cache;
    private final DerivedFields derived;
    private final FollowerCounters counters;

    ProfileWriter(
            Client client, ProfileCache cache, DerivedFields derived, FollowerCounters counters) {
        this.client = client;
        this.cache = cache;
        this.derived = derived;
        this.counters = counters;
    }

    /**
     * Takes events in. Returns when all profiles are written.
     *
     * @param uuid of the events index
     * @param history the last operation that the shard held when its follower started
     * @param events by user id, in order
     * @throws RuntimeException when something could not be read or written just now; the same
     *     events are to be given again
     */
    void write(
            Catalog catalog, String uuid, long history, Map<String, List<NumberedEvent>> events) {
        Map<String, List<NumberedEvent>> left = events;
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt > MOST_CONFLICTS) {
                throw new ElasticsearchException("profiles are written by others all the time");
            }
            left =
                    new ProfileUpdate(
                                    client, catalog, uuid, counters, cache, derived, history, left)
                            .run();
        }
    }

    /** Forgets what it knows of the stored documents. */
    void forget() {
        cache.clear();
    }
}
