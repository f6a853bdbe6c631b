package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.FollowerPosition;
import dev.persona.profiling.profile.ProfileRules;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.GlobalCheckpointListeners;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.IndexShardClosedException;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.xcontent.XContentType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Follows one primary shard of a catalog's events and keeps the profiles of its users.
 *
 * <p>Goes round and round: wait until the global checkpoint passes what has been applied; read the
 * next operations; get the profiles of their users; apply the events that a profile does not hold
 * yet; write the profiles, each with the last sequence number it holds, if nobody else wrote it
 * meanwhile. A round that fails anywhere, a conflict included, is done again from its start: what
 * it had written already is recognised. Nothing past the global checkpoint is read, as it might
 * still be rolled back.
 */
final class ProfileFollower {
    private static final Logger logger = LogManager.getLogger(ProfileFollower.class);

    /** Operations of one round; bounds memory however far the follower is behind. */
    private static final int MOST_OPERATIONS = 1000;

    /** Under steady load rounds are at least this far apart: each makes Lucene refresh. */
    private static final TimeValue PACE = TimeValue.timeValueMillis(100);

    private static final TimeValue FIRST_RETRY = TimeValue.timeValueMillis(200);
    private static final TimeValue LAST_RETRY = TimeValue.timeValueSeconds(10);

    /** While it does not rest, the position is stored every so many rounds. */
    private static final int ROUNDS_PER_POSITION = 20;

    private final IndexShard shard;
    private final String catalogName;
    private final Catalogs catalogs;
    private final Client client;
    private final ThreadPool threadPool;
    private final Executor executor;

    private volatile boolean stopped;

    // Only one round runs at a time, each step after the one before, so the rest needs no lock.
    private long applied = -1;
    private int rounds;
    private int failures;

    ProfileFollower(
            IndexShard shard,
            String catalogName,
            Catalogs catalogs,
            Client client,
            ThreadPool threadPool,
            Executor executor) {
        this.shard = shard;
        this.catalogName = catalogName;
        this.catalogs = catalogs;
        this.client = client;
        this.threadPool = threadPool;
        this.executor = executor;
    }

    /** Starts where the last follower of the shard has been. */
    void start() {
        int id = shard.shardId().id();
        FollowerPosition.readAll(
                client,
                catalogName,
                List.of(id),
                step(
                        positions -> {
                            Optional.ofNullable(positions.get(id))
                                    .filter(position -> position.indexUuid().equals(uuid()))
                                    .ifPresent(position -> applied = position.seqNo());
                            await();
                        },
                        this::start));
    }

    /** Stops; a write that is under way may still happen. */
    void stop() {
        stopped = true;
    }

    private String uuid() {
        return shard.shardId().getIndex().getUUID();
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
                        } else if (!(e instanceof IndexShardClosedException)) {
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
            StoredEvents events = StoredEvents.read(shard, applied + 1, to);
            if (events.byUser().isEmpty()) {
                finish(events);
            } else {
                getProfiles(catalog.get().settings().rules(), events);
            }
        } catch (Exception e) {
            retry(e, this::await);
        }
    }

    private void getProfiles(ProfileRules rules, StoredEvents events) {
        MultiGetRequest request = new MultiGetRequest();
        String index = CompanionIndices.profiles(catalogName);
        events.byUser().keySet().forEach(user -> request.add(index, user));
        client.multiGet(request, step(found -> writeProfiles(rules, events, found), this::await));
    }

    private void writeProfiles(ProfileRules rules, StoredEvents events, MultiGetResponse found) {
        BulkRequest writes = new BulkRequest();
        for (MultiGetItemResponse item : found) {
            if (item.isFailed()) {
                throw new IllegalStateException(item.getFailure().getFailure());
            }
            write(rules, events, item).ifPresent(writes::add);
        }
        if (writes.numberOfActions() == 0) {
            finish(events);
        } else {
            client.bulk(writes, step(written -> check(events, written), this::await));
        }
    }

    /** The new document of one user; empty when the old one holds all events already. */
    private Optional<IndexRequest> write(
            ProfileRules rules, StoredEvents events, MultiGetItemResponse item) {
        String user = item.getId();
        boolean exists = item.getResponse().isExists();
        ProfileDocument document =
                exists
                        ? ProfileDocument.read(item.getResponse().getSourceAsBytesRef(), rules)
                        : ProfileDocument.empty(rules);
        List<StoredEvents.Numbered> fresh = new ArrayList<>(events.byUser().get(user));
        fresh.removeIf(numbered -> document.holds(uuid(), numbered.seqNo()));
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        fresh.forEach(numbered -> document.profile().apply(numbered.event()));
        IndexRequest request =
                CompanionIndices.write(CompanionIndices.profiles(catalogName), user)
                        .source(
                                document.upTo(uuid(), fresh.getLast().seqNo()).source(user),
                                XContentType.JSON);
        if (exists) {
            request.setIfSeqNo(item.getResponse().getSeqNo());
            request.setIfPrimaryTerm(item.getResponse().getPrimaryTerm());
        } else {
            request.opType(DocWriteRequest.OpType.CREATE);
        }
        return Optional.of(request);
    }

    private void check(StoredEvents events, BulkResponse written) {
        for (BulkItemResponse item : written) {
            if (item.isFailed()) {
                throw new IllegalStateException(item.getFailure().getCause());
            }
        }
        finish(events);
    }

    private void finish(StoredEvents events) {
        applied = events.last();
        failures = 0;
        rounds++;
        boolean caughtUp = shard.getLastKnownGlobalCheckpoint() <= applied;
        if (caughtUp || rounds % ROUNDS_PER_POSITION == 0) {
            storePosition();
        }
        boolean full =
                events.byUser().values().stream().mapToInt(List::size).sum() * 2 > MOST_OPERATIONS;
        if (full) {
            await();
        } else {
            threadPool.schedule(this::await, PACE, executor);
        }
    }

    private void storePosition() {
        if (!stopped) {
            client.index(
                    new FollowerPosition(uuid(), applied).store(catalogName, shard.shardId().id()),
                    // Losing a position costs reading some events again, nothing else.
                    ActionListener.noop());
        }
    }

    /** Goes on off the transport thread; whatever fails is tried again from a given point. */
    private <T> ActionListener<T> step(Step<T> next, Runnable again) {
        return new ThreadedActionListener<>(
                executor, ActionListener.wrap(next::run, e -> retry(e, again)));
    }

    private interface Step<T> {
        void run(T result) throws Exception;
    }

    private void retry(Exception e, Runnable again) {
        if (stopped) {
            return;
        }
        long delay = Math.min(FIRST_RETRY.millis() << Math.min(failures, 10), LAST_RETRY.millis());
        failures++;
        // A conflict or two is everyday life: a training writes vectors to the same documents.
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
}
