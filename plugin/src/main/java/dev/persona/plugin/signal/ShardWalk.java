package dev.persona.plugin.signal;

import dev.persona.ranking.signal.SignalBuilder;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Goes once over all events of a shard, segment by segment. */
final class ShardWalk {
    /** Whether the job was cancelled is looked at so often: each some hundred microseconds. */
    private static final int STEP = 1024;

    private final GatherTask task;
    private final SignalBuilder signals;
    private final LongConsumer memory;

    /**
     * A walk.
     *
     * @param task told how far it is; ends it when cancelled
     * @param signals what the events are added to
     * @param memory told of bytes before they are taken, and when they are given back
     */
    ShardWalk(GatherTask task, SignalBuilder signals, LongConsumer memory) {
        this.task = task;
        this.signals = signals;
        this.memory = memory;
    }

    void over(IndexReader shard) throws IOException {
        for (LeafReaderContext segment : shard.leaves()) {
            over(segment, shard.maxDoc());
        }
    }

    private void over(LeafReaderContext segment, int total) throws IOException {
        EventSegment events = new EventSegment(segment, signals, memory);
        Bits live = segment.reader().getLiveDocs();
        for (int doc = 0; doc < segment.reader().maxDoc(); doc++) {
            if (doc % STEP == 0) {
                task.progress(segment.docBase + doc, total);
            }
            if (live == null || live.get(doc)) {
                events.add(doc);
            }
        }
        memory.accept(-events.bytes());
    }
}
