package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.store.AlreadyClosedException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.GlobalCheckpointListeners;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.IndexShardClosedException;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Follows one primary shard of a catalog's events and keeps the profiles of its users.
 *
 * <p>Goes round and round: wait until the global checkpoint passes what has been applied; read the
 * next operations; have them taken into the profiles. A round that fails is done again: what it had
 * written already is recognised. Nothing past the global checkpoint is read, as it might still be
 * rolled back.
 */
final class ProfileFollower {
    private static final Logger logger = LogManager.getLogger(ProfileFollower.class);

    /** Operations of one round; bounds memory however far the follower is behind. */
    private static final int MOST_OPERATIONS = 50_000;

    /** Under steady load rounds are this far apart: what a user does meanwhile is one write. */
    private static final TimeValue PACE = TimeValue.timeValueMillis(150);

    private static final TimeValue FIRST_RETRY = TimeValue.timeValueMillis(200);
    private static final TimeValue LAST_RETRY = TimeValue.timeValueSeconds(10);
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

    /** While it does not rest, the position is stored every so many rounds. */
    private static final int ROUNDS_PER_POSITION = 20;

    private final IndexShard shard;
    private final String catalogName;
    private final Catalogs catalogs;
    private final Client client;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final RecentOperations recent = new RecentOperations();
    private final FollowerCounters counters = new FollowerCounters();
    private final AppliedListeners waiting = new AppliedListeners();
    private final ProfileWriter writer;

    private volatile boolean stopped;
    private volatile long applied = -1;

    /** Since when everything has been applied, as far as is known; node's relative clock. */
    private volatile long caughtUp;

    // Only one round runs at a time, each after the one before, so the rest needs no lock.
    private int rounds;
    private int failures;

    ProfileFollower(
            IndexShard shard,
            String catalogName,
            Catalogs catalogs,
            Client client,
            ThreadPool threadPool,
            Executor executor,
            long cacheBytes) {
        this.shard = shard;
        this.catalogName = catalogName;
        this.catalogs = catalogs;
        this.client = client;
        this.threadPool = threadPool;
        this.executor = executor;
        this.writer = new ProfileWriter(client, new ProfileCache(cacheBytes), counters);
        this.caughtUp = threadPool.relativeTimeInMillis();
    }

    /** Starts where the last follower of the shard has been. */
    void start() {
        try {
            FollowerPosition.read(client, catalogName, shard.shardId().id(), PATIENCE)
                    .filter(position -> position.eventsUuid().equals(eventsUuid()))
                    .filter(position -> position.profilesUuid().equals(profilesUuid()))
                    .ifPresent(position -> applied = position.seqNo());
            await();
        } catch (Exception e) {
            retry(e, this::start);
        }
    }

    /** Stops; a write that is under way may still happen. */
    void stop() {
        stopped = true;
        waiting.stop();
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
    void whenApplied(long seqNo, ActionListener<Void> listener) {
        waiting.add(seqNo, applied, listener);
    }

    /** Calls back when everything up to an operation is on all in-sync copies. */
    void whenDurable(long seqNo, ActionListener<Void> listener) {
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
                null);
    }

    /** The last operation that the shard has given a number to. */
    long lastSeqNo() {
        return shard.seqNoStats().getMaxSeqNo();
    }

    private String eventsUuid() {
        return Catalogs.history(shard.indexSettings().getIndexMetadata());
    }

    private String profilesUuid() {
        return catalogs.profilesUuid(catalogName);
    }

    private void await() {
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
                        } else {
                            retry(e, ProfileFollower.this::await);
                        }
                    }
                },
                null);
    }

    private void round(long globalCheckpoint) {
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
            long to = Math.min(globalCheckpoint, applied + MOST_OPERATIONS);
            StoredEvents events = StoredEvents.read(shard, recent, applied + 1, to);
            writer.write(catalog.get(), eventsUuid(), events);
            finish(events);
        } catch (Exception e) {
            retry(e, this::await);
        }
    }

    private void finish(StoredEvents events) {
        applied = events.last();
        recent.forget(applied);
        failures = 0;
        rounds++;
        counters.round();
        boolean rests = shard.getLastKnownGlobalCheckpoint() <= applied;
        if (rests) {
            caughtUp = threadPool.relativeTimeInMillis();
        }
        if (rests || rounds % ROUNDS_PER_POSITION == 0) {
            storePosition();
        }
        waiting.applied(applied);
        if (waiting.hasAny()) {
            await();
        } else {
            threadPool.schedule(this::await, PACE, executor);
        }
    }

    private void storePosition() {
        if (!stopped) {
            client.index(
                    new FollowerPosition(eventsUuid(), profilesUuid(), applied)
                            .store(catalogName, shard.shardId().id()),
                    // Losing a position costs reading some events again, nothing else.
                    ActionListener.noop());
        }
    }

    private void retry(Exception e, Runnable again) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (stopped
                || e instanceof IndexShardClosedException
                || e instanceof AlreadyClosedException) {
            return;
        }
        writer.forget();
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
        threadPool.schedule(again, TimeValue.timeValueMillis(delay), executor);
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
        json.put("buffered_bytes", recent.bytes());
        counters.write(json);
    }
}
