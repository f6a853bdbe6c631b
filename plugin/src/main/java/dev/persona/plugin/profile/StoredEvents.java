package dev.persona.plugin.profile;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.json.InvalidFieldException;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.index.mapper.Uid;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.translog.Translog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events read from a shard in the order of their sequence numbers.
 *
 * @param last sequence number up to which everything has been read
 * @param byUser events of each user, in order
 */
record StoredEvents(long last, Map<String, List<Numbered>> byUser) {
    private static final Logger logger = LogManager.getLogger(StoredEvents.class);

    /** Bounds the memory of one read, in bytes of source that Elasticsearch loads at a time. */
    private static final long CHUNK_BYTES = 4L << 20;

    /**
     * An event and its place.
     *
     * @param seqNo sequence number of the operation that stored it
     * @param event the event
     */
    record Numbered(long seqNo, Event event) {}

    /**
     * Reads operations from a shard.
     *
     * @param from first sequence number
     * @param to last sequence number; everything up to it must be on all in-sync copies
     */
    static StoredEvents read(IndexShard shard, long from, long to) throws IOException {
        Map<String, List<Numbered>> byUser = new LinkedHashMap<>();
        try (Translog.Snapshot operations =
                shard.newChangesSnapshot(
                        "persona-follower", from, to, false, true, false, CHUNK_BYTES)) {
            for (Translog.Operation operation = operations.next();
                    operation != null;
                    operation = operations.next()) {
                if (operation instanceof Translog.Index index) {
                    add(index, byUser);
                }
            }
        }
        return new StoredEvents(to, byUser);
    }

    private static void add(Translog.Index operation, Map<String, List<Numbered>> byUser) {
        try {
            Event event =
                    EventJson.readStored(
                            Uid.decodeId(operation.uid()), Json.readStored(operation.source()));
            byUser.computeIfAbsent(event.user(), user -> new ArrayList<>())
                    .add(new Numbered(operation.seqNo(), event));
        } catch (InvalidFieldException e) {
            // Not written by us: there is no profile it could belong to.
            logger.warn(
                    "skipping operation [{}], it is no event: {}",
                    operation.seqNo(),
                    e.getMessage());
        }
    }
}
