package dev.persona.plugin.follower;

import org.apache.lucene.store.AlreadyClosedException;
import org.elasticsearch.action.ActionListener;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Those who wait until a follower has come to an operation. Safe for use by several threads. */
final class AppliedListeners {
    private final TreeMap<Long, List<ActionListener<Void>>> bySeqNo = new TreeMap<>();
    private long reached = -1;
    private boolean stopped;

    /** Adds one; called back at once if the operation is applied. */
    void add(long seqNo, long applied, ActionListener<Void> listener) {
        boolean isStopped;
        synchronized (this) {
            reached = Math.max(reached, applied);
            isStopped = stopped;
            if (!stopped && seqNo > reached) {
                bySeqNo.computeIfAbsent(seqNo, number -> new ArrayList<>()).add(listener);
                return;
            }
        }
        if (isStopped) {
            listener.onFailure(new AlreadyClosedException("the shard has left this node"));
        } else {
            listener.onResponse(null);
        }
    }

    /** Takes one out that does not wait any more. */
    synchronized void remove(ActionListener<Void> listener) {
        bySeqNo.values().forEach(listeners -> listeners.remove(listener));
        bySeqNo.values().removeIf(List::isEmpty);
    }

    /** Nothing has been reached any more. */
    synchronized void startAnew() {
        reached = -1;
    }

    /** Whether anybody waits. */
    synchronized boolean hasAny() {
        return !bySeqNo.isEmpty();
    }

    /** Calls back those who waited for an operation up to this one. */
    void applied(long seqNo) {
        List<ActionListener<Void>> due = new ArrayList<>();
        synchronized (this) {
            reached = Math.max(reached, seqNo);
            var done = bySeqNo.headMap(reached, true);
            done.values().forEach(due::addAll);
            done.clear();
        }
        ActionListener.onResponse(due, null);
    }

    /** Tells all who wait that nobody will come to their operation here. */
    void stop() {
        List<ActionListener<Void>> due = new ArrayList<>();
        synchronized (this) {
            stopped = true;
            bySeqNo.values().forEach(due::addAll);
            bySeqNo.clear();
        }
        ActionListener.onFailure(due, new AlreadyClosedException("the shard has left this node"));
    }
}
