package dev.persona.plugin.follower;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.index.mapper.Uid;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.translog.Translog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of a shard in the order of their sequence numbers.
 *
 * @param last sequence number up to which everything has been read
 * @param byUser events of each user id, in order
 */
record StoredEvents(long last, Map<String, List<NumberedEvent>> byUser) {
    /** Bounds the memory of one read from the index, in bytes of source. */
    private static final long MOST_BYTES = 4L << 20;

    /** How long the thread that wrote an operation may take to note it down, in milliseconds. */
    private static final int NOTED_WITHIN = 5;

    /**
     * Reads operations, as many as are at hand without reading the index, otherwise from there.
     *
     * @param first sequence number
     * @param last sequence number to go to at most; everything up to it must be on all in-sync
     *     copies
     */
    static StoredEvents read(IndexShard shard, RecentOperations recent, long first, long last)
            throws IOException, InterruptedException {
        List<RecentOperations.Operation> operations = recent.from(first, last);
        if (operations.isEmpty() && recent.hasAfter(first)) {
            // The checkpoint may pass an operation a moment before its writer has noted it down.
            Thread.sleep(NOTED_WITHIN);
            operations = recent.from(first, last);
        }
        return operations.isEmpty() ? read(shard, first, last) : of(first, operations);
    }

    private static StoredEvents of(long first, List<RecentOperations.Operation> operations) {
        Map<String, List<NumberedEvent>> byUser = new LinkedHashMap<>();
        long seqNo = first;
        for (RecentOperations.Operation operation : operations) {
            if (operation.source().isPresent()) {
                BytesReference source = operation.source().get();
                add(seqNo, operation.user(), operation.id(), source, byUser);
            }
            seqNo++;
        }
        return new StoredEvents(seqNo - 1, byUser);
    }

    private static StoredEvents read(IndexShard shard, long first, long last) throws IOException {
        Map<String, List<NumberedEvent>> byUser = new LinkedHashMap<>();
        long bytes = 0;
        long read = last;
        try (Translog.Snapshot operations =
                shard.newChangesSnapshot(
                        "persona-follower", first, last, false, true, false, MOST_BYTES)) {
            for (Translog.Operation operation = operations.next();
                    operation != null;
                    operation = operations.next()) {
                if (operation instanceof Translog.Index index) {
                    bytes += index.source().length();
                    // What is not routed is not written by us: there is nobody it could belong to.
                    if (index.routing() != null) {
                        add(
                                index.seqNo(),
                                index.routing(),
                                Uid.decodeId(index.uid()),
                                index.source(),
                                byUser);
                    }
                }
                if (bytes > MOST_BYTES) {
                    read = operation.seqNo();
                    break;
                }
            }
        }
        return new StoredEvents(read, byUser);
    }

    private static void add(
            long seqNo,
            String user,
            String id,
            BytesReference source,
            Map<String, List<NumberedEvent>> byUser) {
        byUser.computeIfAbsent(user, key -> new ArrayList<>())
                .add(new NumberedEvent(seqNo, id, source));
    }
}
