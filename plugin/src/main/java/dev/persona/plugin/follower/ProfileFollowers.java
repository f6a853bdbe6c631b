package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.segment.DerivedFields;

import org.apache.lucene.util.BytesRef;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.shard.IndexEventListener;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.IndexingOperationListener;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Starts a follower for each primary shard of events on this node, tells it what the shard takes,
 * and stops it when the shard goes.
 */
public final class ProfileFollowers implements IndexEventListener, IndexingOperationListener {
    /** The documents that all followers keep in memory are this part of the heap. */
    private static final int CACHE_PART = 16;

    /** The events that wait to be written are this part of the heap. */
    private static final int PENDING_PART = 8;

    /** The operations that they keep until they are applied are this part of the heap. */
    private static final int OPERATIONS_PART = 64;

    private final Catalogs catalogs;
    private final Client client;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final DerivedFields derived;
    private final Map<ShardId, ProfileFollower> followers = new ConcurrentHashMap<>();

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where followers work
     */
    public ProfileFollowers(
            Catalogs catalogs,
            Client client,
            ThreadPool threadPool,
            Executor executor,
            DerivedFields derived) {
        this.catalogs = catalogs;
        this.client = client;
        this.threadPool = threadPool;
        this.executor = executor;
        this.derived = derived;
    }

    /** The follower of a shard, if it is on this node. */
    Optional<ProfileFollower> find(ShardId shard) {
        return Optional.ofNullable(followers.get(shard));
    }

    @Override
    public void afterIndexShardStarted(IndexShard shard) {
        follow(shard, shard.routingEntry());
    }

    @Override
    public void shardRoutingChanged(IndexShard shard, ShardRouting before, ShardRouting now) {
        follow(shard, now);
    }

    private void follow(IndexShard shard, ShardRouting routing) {
        if (!routing.primary() || !routing.active()) {
            return;
        }
        CompanionIndices.catalogOfEvents(routing.getIndexName())
                .ifPresent(
                        catalog ->
                                followers.computeIfAbsent(
                                        shard.shardId(), id -> started(shard, catalog)));
    }

    private ProfileFollower started(IndexShard shard, String catalog) {
        ProfileFollower follower =
                new ProfileFollower(
                        shard,
                        catalog,
                        catalogs,
                        client,
                        threadPool,
                        executor,
                        new RecentOperations(() -> share(OPERATIONS_PART)),
                        new PendingEvents(() -> share(PENDING_PART)),
                        new ProfileCache(() -> share(CACHE_PART)),
                        derived);
        // Not on this thread: it applies the cluster state.
        executor.execute(follower::start);
        return follower;
    }

    /** Why events of a user are refused, if they are; looked up by the plugin itself. */
    void find(String catalog, String user, ActionListener<Optional<Blocks.Reason>> listener) {
        Blocks.find(
                client,
                catalog,
                List.of(user),
                listener.map(reasons -> Optional.ofNullable(reasons.get(user))));
    }

    /** What each follower gets of a part of the heap. */
    private long share(int part) {
        return Runtime.getRuntime().maxMemory() / part / Math.max(1, followers.size());
    }

    @Override
    public void beforeIndexShardClosed(ShardId id, IndexShard shard, Settings settings) {
        ProfileFollower follower = followers.remove(id);
        if (follower != null) {
            follower.stop();
        }
    }

    @Override
    public void postIndex(ShardId id, Engine.Index index, Engine.IndexResult result) {
        if (followers.containsKey(id)
                && index.origin() == Engine.Operation.Origin.PRIMARY
                && index.routing() != null
                && result.getResultType() == Engine.Result.Type.SUCCESS) {
            // A copy: the bytes belong to the request that brought them.
            BytesReference source =
                    new BytesArray(
                            BytesRef.deepCopyOf(index.source().originalBytes().toBytesRef()));
            took(id, result.getSeqNo(), index.routing(), index.id(), Optional.of(source));
        }
    }

    @Override
    public void postDelete(ShardId id, Engine.Delete delete, Engine.DeleteResult result) {
        if (delete.origin() == Engine.Operation.Origin.PRIMARY
                && result.getResultType() == Engine.Result.Type.SUCCESS) {
            took(id, result.getSeqNo(), "", delete.id(), Optional.empty());
        }
    }

    private void took(
            ShardId shard, long seqNo, String user, String id, Optional<BytesReference> source) {
        ProfileFollower follower = followers.get(shard);
        if (follower != null) {
            follower.took(
                    seqNo,
                    new RecentOperations.Operation(
                            user, id, source, threadPool.relativeTimeInMillis()));
        }
    }

    /** How far each follower of a catalog on this node is behind, shard by shard. */
    public ArrayNode report(String catalog) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        String index = CompanionIndices.events(catalog);
        new TreeMap<>(followers)
                .forEach(
                        (shard, follower) -> {
                            if (shard.getIndexName().equals(index)) {
                                follower.report(json.addObject());
                            }
                        });
        return json;
    }
}
