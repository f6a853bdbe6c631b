package dev.persona.plugin.loading;

import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Memory of something that grows as it is made. It is taken in steps, so that the breaker, which
 * all share, is not asked for each few bytes. Safe for use by several threads.
 */
public final class GrowingMemory implements LongConsumer, Releasable {
    private static final long STEP = 1 << 20;

    private final Memory memory;
    private final String what;
    private final List<Releasable> taken = new ArrayList<>();
    private long bytesTaken;
    private long bytesUsed;
    private boolean closed;

    /**
     * Takes nothing yet.
     *
     * @param what it is for, as the error names it
     */
    public GrowingMemory(Memory memory, String what) {
        this.memory = memory;
        this.what = what;
    }

    /**
     * Uses more.
     *
     * @param bytes how many more are about to be used; below 0, how many are not any more
     * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there are not as many
     */
    @Override
    public synchronized void accept(long bytes) {
        long missing = bytesUsed + bytes - bytesTaken;
        if (missing > 0 && !closed) {
            long step = Math.max(missing, STEP);
            taken.add(memory.take(step, what));
            bytesTaken += step;
        }
        bytesUsed += bytes;
    }

    /** Gives all of it back. What is used from then on is not counted. */
    @Override
    public synchronized void close() {
        closed = true;
        Releasables.close(taken);
        taken.clear();
    }
}
