package dev.persona.plugin.follower;

import org.elasticsearch.common.bytes.BytesReference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The operations that a shard has taken lately, so that its follower need not have Lucene refresh
 * and read them again. Bounded in bytes: while it is full, newer operations are left out, and the
 * follower reads them from the index instead.
 *
 * <p>Safe for use by several threads: many write to a shard at once.
 */
final class RecentOperations {
    /** What an operation costs besides its source. */
    private static final int OVERHEAD = 200;

    private final ConcurrentSkipListMap<Long, Operation> operations = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongSupplier mostBytes;

    /**
     * @param mostBytes what the operations may take up; may change
     */
    RecentOperations(LongSupplier mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * One operation.
     *
     * @param user by whom the document is routed
     * @param id of the document
     * @param source what was stored; empty when it was a deletion
     * @param arrived when, in milliseconds of the node's relative clock
     */
    record Operation(String user, String id, Optional<BytesReference> source, long arrived) {
        private long bytes() {
            return OVERHEAD + source.map(BytesReference::length).orElse(0);
        }
    }

    /** Keeps an operation, if there is room. */
    void add(long seqNo, Operation operation) {
        if (bytes.addAndGet(operation.bytes()) > mostBytes.getAsLong()) {
            bytes.addAndGet(-operation.bytes());
            return;
        }
        Operation before = operations.put(seqNo, operation);
        if (before != null) {
            bytes.addAndGet(-before.bytes());
        }
    }

    /** The operations from a number on that follow each other without a gap. */
    List<Operation> from(long first, long last) {
        List<Operation> found = new ArrayList<>();
        long expected = first;
        for (var entry : operations.subMap(first, true, last, true).entrySet()) {
            if (entry.getKey() != expected) {
                break;
            }
            found.add(entry.getValue());
            expected++;
        }
        return found;
    }

    /** Whether a later operation than that is here. */
    boolean hasAfter(long seqNo) {
        return operations.higherKey(seqNo) != null;
    }

    /** When an operation arrived, if it is here. */
    Optional<Long> arrived(long seqNo) {
        return Optional.ofNullable(operations.get(seqNo)).map(Operation::arrived);
    }

    /** Lets go of everything up to an operation. */
    void forget(long upTo) {
        for (var entry = operations.firstEntry();
                entry != null && entry.getKey() <= upTo;
                entry = operations.firstEntry()) {
            if (operations.remove(entry.getKey(), entry.getValue())) {
                bytes.addAndGet(-entry.getValue().bytes());
            }
        }
    }

    /** Bytes that are kept. */
    long bytes() {
        return bytes.get();
    }
}
