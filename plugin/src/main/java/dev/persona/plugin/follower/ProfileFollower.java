package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.segment.DerivedFields;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchTimeoutException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ListenerTimeouts;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.GlobalCheckpointListeners;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.IndexShardState;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/**
 * Follows one primary shard of a catalog's events and keeps the profiles of its users.
 *
 * <p>Goes round and round: wait until the global checkpoint passes what has been taken; take the
 * next operations; have them written after a while, and when nothing comes, into the documents of
 * their users. Who reads a profile meanwhile applies what is pending. A step that fails is done
 * again: what a document holds already is recognised. Nothing past the global checkpoint is taken,
 * as it might still be rolled back. The stored position never passes an event that is in no
 * document.
 */
final class ProfileFollower {
    private static final Logger logger = LogManager.getLogger(ProfileFollower.class);

    /** Operations of one round; bounds memory however far the follower is behind. */
    private static final int MOST_OPERATIONS = 50_000;

    /** Under steady load rounds are this far apart: each costs something by itself. */
    private static final TimeValue PACE = TimeValue.timeValueMillis(20);

    /** How many documents are written together: events have to wait for them. */
    private static final int BATCH = 500;

    /** How many batches are written in a round where somebody waits for them. */
    private static final int MOST_BATCHES = 10;

    /** Under steady load profiles are written to their documents so often. */
    private static final TimeValue FLUSH_AFTER = TimeValue.timeValueSeconds(15);

    /** They are written too when nothing has come for so long. */
    private static final TimeValue REST = TimeValue.timeValueMillis(200);

    /** Under steady load the position is stored so often. */
    private static final TimeValue POSITION_AFTER = TimeValue.timeValueSeconds(1);

    private static final TimeValue FIRST_RETRY = TimeValue.timeValueMillis(200);
    private static final TimeValue LAST_RETRY = TimeValue.timeValueSeconds(2);
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

    /** With nothing to write it looks now and then whether it still is where it thinks. */
    private static final TimeValue LONG_REST = TimeValue.timeValueSeconds(10);

    private final IndexShard shard;
    private final String catalogName;
    private final Catalogs catalogs;
    private final Client client;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final RecentOperations recent;
    private final FollowerCounters counters = new FollowerCounters();
    private final AppliedListeners whenApplied = new AppliedListeners();
    private final AppliedListeners whenWritten = new AppliedListeners();
    private final PendingEvents pending;
    private final ProfileWriter writer;

    private volatile boolean stopped;
    private volatile long applied = -1;
    private volatile long written = -1;

    /** Since when everything has been applied, as far as is known; node's relative clock. */
    private volatile long caughtUp;

    // Only one round runs at a time, each after the one before, so the rest needs no lock.
    private String profilesUuid = "";
    private long history = -1;
    private long positionStored = -1;
    private long positionStoredAt;
    private int failures;

    ProfileFollower(
            IndexShard shard,
            String catalogName,
            Catalogs catalogs,
            Client client,
            ThreadPool threadPool,
            Executor executor,
            RecentOperations recent,
            PendingEvents pending,
            ProfileCache cache,
            DerivedFields derived) {
        this.shard = shard;
        this.catalogName = catalogName;
        this.catalogs = catalogs;
        this.client = client;
        this.threadPool = threadPool;
        this.executor = executor;
        this.recent = recent;
        this.pending = pending;
        this.writer = new ProfileWriter(client, cache, derived, counters);
        this.caughtUp = threadPool.relativeTimeInMillis();
    }

    /** Starts where the last follower of the shard has been. */
    void start() {
        try {
            profilesUuid = catalogs.profilesUuid(catalogName);
            history = lastSeqNo();
            FollowerPosition.read(client, catalogName, shard.shardId().id(), PATIENCE)
                    .filter(position -> position.eventsUuid().equals(eventsUuid()))
                    .filter(position -> position.profilesUuid().equals(profilesUuid))
                    .ifPresent(position -> applied = position.seqNo());
            written = applied;
            whenApplied.applied(applied);
            whenWritten.applied(written);
            await();
        } catch (Exception e) {
            retry(e, this::start);
        }
    }

    /** Stops; a write that is under way may still happen. */
    void stop() {
        stopped = true;
        whenApplied.stop();
        whenWritten.stop();
    }

    /** Notes down an operation that the shard has taken. */
    void took(long seqNo, RecentOperations.Operation operation) {
        recent.add(seqNo, operation);
    }

    /**
     * Calls back when everything up to an operation is in the profiles.
     *
     * @param seqNo the operation
     */
    void whenApplied(long seqNo, TimeValue timeout, ActionListener<Void> listener) {
        whenApplied.add(seqNo, applied, inTime(whenApplied, timeout, listener));
    }

    /** What has waited too long does not wait for ever. */
    private ActionListener<Void> inTime(
            AppliedListeners waiting, TimeValue timeout, ActionListener<Void> listener) {
        return ListenerTimeouts.wrapWithTimeout(
                threadPool,
                timeout,
                threadPool.generic(),
                listener,
                late -> {
                    waiting.remove(late);
                    listener.onFailure(
                            new ElasticsearchTimeoutException("not done within [{}]", timeout));
                });
    }

    /**
     * Calls back when everything up to an operation is in the stored documents of the profiles.
     *
     * @param seqNo the operation
     */
    void whenWritten(long seqNo, TimeValue timeout, ActionListener<Void> listener) {
        whenWritten.add(seqNo, written, inTime(whenWritten, timeout, listener));
    }

    /** Events of a user that are in no document yet. */
    List<NumberedEvent> pending(String user) {
        return pending.of(user);
    }

    /** What the sequence numbers count in. */
    String eventsUuid() {
        return Catalogs.history(shard.indexSettings().getIndexMetadata());
    }

    /** Calls back when everything up to an operation is on all in-sync copies. */
    void whenDurable(long seqNo, TimeValue timeout, ActionListener<Void> listener) {
        shard.addGlobalCheckpointListener(
                seqNo,
                new GlobalCheckpointListeners.GlobalCheckpointListener() {
                    @Override
                    public Executor executor() {
                        return threadPool.generic();
                    }

                    @Override
                    public void accept(long globalCheckpoint, Exception e) {
                        if (e == null) {
                            listener.onResponse(null);
                        } else {
                            listener.onFailure(e);
                        }
                    }
                },
                timeout);
    }

    /** The last operation that the shard has given a number to. */
    long lastSeqNo() {
        return shard.seqNoStats().getMaxSeqNo();
    }

    private void await() {
        boolean resting = pending.size() == 0 && !whenWritten.hasAny();
        shard.addGlobalCheckpointListener(
                applied + 1,
                new GlobalCheckpointListeners.GlobalCheckpointListener() {
                    @Override
                    public Executor executor() {
                        return executor;
                    }

                    @Override
                    public void accept(long globalCheckpoint, Exception e) {
                        if (e == null) {
                            round(globalCheckpoint);
                        } else if (e instanceof TimeoutException) {
                            rest();
                        } else {
                            retry(e, ProfileFollower.this::await);
                        }
                    }
                },
                resting ? LONG_REST : REST);
    }

    /** Takes in what has come. */
    private void round(long globalCheckpoint) {
        step(
                catalog -> {
                    long now = threadPool.relativeTimeInMillis();
                    if (pending.isFull()) {
                        flush(catalog, now);
                        return;
                    }
                    long to = Math.min(globalCheckpoint, applied + MOST_OPERATIONS);
                    StoredEvents events = StoredEvents.read(shard, recent, applied + 1, to);
                    pending.add(events.byUser(), now);
                    applied = events.last();
                    recent.forget(applied);
                    if (shard.getLastKnownGlobalCheckpoint() <= applied) {
                        caughtUp = now;
                    }
                    whenApplied.applied(applied);
                    int batches = 0;
                    do {
                        flush(catalog, whenWritten.hasAny() ? now : now - FLUSH_AFTER.millis());
                    } while (++batches < MOST_BATCHES && whenWritten.hasAny());
                });
    }

    /** Nothing comes: a good time to write, batch after batch until something does. */
    private void rest() {
        step(
                catalog -> {
                    do {
                        flush(catalog, threadPool.relativeTimeInMillis());
                    } while (pending.size() > 0
                            && shard.getLastKnownGlobalCheckpoint() <= applied
                            && !stopped);
                });
    }

    private interface Step {
        void run(Catalog catalog) throws Exception;
    }

    private void step(Step step) {
        if (stopped) {
            return;
        }
        try {
            Optional<Catalog> catalog = catalogs.find(catalogName);
            if (catalog.isEmpty()) {
                // Unregistered, or not yet: events may wait.
                threadPool.schedule(this::await, LAST_RETRY, executor);
                return;
            }
            if (!profilesUuid.equals(catalogs.profilesUuid(catalogName))) {
                // Other documents, as after a restore: nothing known of the old ones holds.
                pending.clear();
                writer.forget();
                applied = -1;
                written = -1;
                positionStored = -1;
                whenApplied.startAnew();
                whenWritten.startAnew();
                start();
                return;
            }
            step.run(catalog.get());
            counters.round();
            failures = 0;
            goOn();
        } catch (Exception e) {
            retry(e, this::await);
        }
    }

    private void flush(Catalog catalog, long since) {
        Map<String, List<NumberedEvent>> due = pending.due(since, BATCH);
        writer.write(catalog, eventsUuid(), history, due);
        pending.remove(due);
        long now = threadPool.relativeTimeInMillis();
        boolean positionDue =
                pending.size() == 0 || now - positionStoredAt >= POSITION_AFTER.millis();
        // To find the first of all that are pending takes a look at each user.
        if (positionDue || whenWritten.hasAny()) {
            written = Math.min(applied, pending.first() - 1);
            whenWritten.applied(written);
        }
        if (positionDue) {
            positionStoredAt = now;
            storePosition();
        }
    }

    private void goOn() {
        boolean more = shard.getLastKnownGlobalCheckpoint() > applied;
        boolean asked = whenApplied.hasAny() || whenWritten.hasAny();
        if (more && (asked || pending.isFull())) {
            executor.execute(() -> round(shard.getLastKnownGlobalCheckpoint()));
        } else if (!more && asked && pending.size() > 0) {
            executor.execute(this::rest);
        } else if (!more) {
            await();
        } else {
            threadPool.schedule(this::await, PACE, executor);
        }
    }

    private void storePosition() {
        if (!stopped && written != positionStored) {
            positionStored = written;
            client.index(
                    new FollowerPosition(eventsUuid(), profilesUuid, written)
                            .store(catalogName, shard.shardId().id()),
                    // Losing a position costs reading some events again, nothing else.
                    ActionListener.noop());
        }
    }

    private void retry(Exception e, Runnable next) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        // What says so may be another shard that is closed: one that was to be read or written.
        if (stopped || shard.state() == IndexShardState.CLOSED) {
            return;
        }
        long delay = Math.min(FIRST_RETRY.millis() << Math.min(failures, 10), LAST_RETRY.millis());
        failures++;
        // A failure or two is everyday life: a node that goes, a shard that moves.
        if (failures > 3) {
            logger.warn(
                    "profiles of [{}] cannot be kept up from {}, trying again in [{}ms]: {}",
                    catalogName,
                    shard.shardId(),
                    delay,
                    ExceptionsHelper.unwrapCause(e).toString());
        }
        threadPool.schedule(next, TimeValue.timeValueMillis(delay), executor);
    }

    /** How far it is behind, and what it has done. */
    void report(ObjectNode json) {
        long checkpoint = shard.getLastKnownGlobalCheckpoint();
        long done = applied;
        long now = threadPool.relativeTimeInMillis();
        json.put("shard", shard.shardId().id());
        json.put("global_checkpoint", checkpoint);
        json.put("applied", done);
        json.put("operations_behind", Math.max(checkpoint - done, 0));
        // Without a note of when the next one arrived: not before all was done the last time.
        long since = recent.arrived(done + 1).orElse(caughtUp);
        json.put("milliseconds_behind", checkpoint > done ? Math.max(now - since, 0) : 0);
        json.put("profiles_unwritten", pending.size());
        json.put("buffered_bytes", recent.bytes() + pending.bytes());
        counters.write(json);
    }
}
