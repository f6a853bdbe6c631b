package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.shard.IndexEventListener;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Starts a follower for each primary shard of events on this node, and stops it when the shard
 * goes.
 */
public final class ProfileFollowers implements IndexEventListener {
    private final Catalogs catalogs;
    private final Client client;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final Map<ShardId, ProfileFollower> followers = new ConcurrentHashMap<>();

    /**
     * Made once a node.
     *
     * @param executor where followers work
     */
    public ProfileFollowers(
            Catalogs catalogs, Client client, ThreadPool threadPool, Executor executor) {
        this.catalogs = catalogs;
        this.client = client;
        this.threadPool = threadPool;
        this.executor = executor;
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
                new ProfileFollower(shard, catalog, catalogs, client, threadPool, executor);
        // Not on this thread: it applies the cluster state.
        executor.execute(follower::start);
        return follower;
    }

    @Override
    public void beforeIndexShardClosed(ShardId id, IndexShard shard, Settings settings) {
        ProfileFollower follower = followers.remove(id);
        if (follower != null) {
            follower.stop();
        }
    }
}
