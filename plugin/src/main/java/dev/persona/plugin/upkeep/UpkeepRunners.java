package dev.persona.plugin.upkeep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.LoadedSegments;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterChangedEvent;
import org.elasticsearch.cluster.ClusterStateListener;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.IndexEventListener;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Does the upkeep of each catalog whose first primary shard of events is on this node, so that one
 * node of the cluster does it, and another goes on when that one is lost.
 */
public final class UpkeepRunners implements IndexEventListener, ClusterStateListener {
    /** From the end of one run to the next. */
    public static final Setting<TimeValue> INTERVAL =
            Setting.timeSetting(
                    "persona.upkeep.interval",
                    TimeValue.timeValueHours(1),
                    TimeValue.timeValueSeconds(1),
                    Setting.Property.NodeScope);

    private final Catalogs catalogs;
    private final LoadedGenerations generations;
    private final LoadedSegments segments;
    private final DerivedFields derived;
    private final Client client;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final TimeValue interval;
    private final Map<ShardId, UpkeepRunner> runners = new ConcurrentHashMap<>();

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where the work is done
     * @param settings of the node
     */
    public UpkeepRunners(
            Catalogs catalogs,
            LoadedGenerations generations,
            LoadedSegments segments,
            DerivedFields derived,
            Client client,
            ThreadPool threadPool,
            Executor executor,
            Settings settings) {
        this.catalogs = catalogs;
        this.generations = generations;
        this.segments = segments;
        this.derived = derived;
        this.client = client;
        this.threadPool = threadPool;
        this.executor = executor;
        this.interval = INTERVAL.get(settings);
    }

    @Override
    public void afterIndexShardStarted(IndexShard shard) {
        keepUp(shard.routingEntry());
    }

    @Override
    public void shardRoutingChanged(IndexShard shard, ShardRouting before, ShardRouting now) {
        keepUp(now);
    }

    private void keepUp(ShardRouting routing) {
        if (routing.id() != 0 || !routing.primary() || !routing.active()) {
            return;
        }
        CompanionIndices.catalogOfEvents(routing.getIndexName())
                .ifPresent(
                        catalog ->
                                runners.computeIfAbsent(
                                        routing.shardId(), shard -> started(catalog)));
    }

    private UpkeepRunner started(String catalog) {
        UpkeepRunner runner =
                new UpkeepRunner(
                        catalog,
                        catalogs,
                        generations,
                        segments,
                        derived,
                        client,
                        threadPool,
                        executor,
                        interval);
        // Not on this thread: it applies the cluster state.
        executor.execute(runner::start);
        return runner;
    }

    @Override
    public void beforeIndexShardClosed(ShardId shard, IndexShard closing, Settings settings) {
        UpkeepRunner runner = runners.remove(shard);
        if (runner != null) {
            runner.stop();
        }
    }

    @Override
    public void clusterChanged(ClusterChangedEvent event) {
        if (event.metadataChanged()) {
            runners.values().forEach(UpkeepRunner::catalogMayHaveChanged);
        }
    }

    /** What the upkeep of a catalog has done here; empty when it is done on another node. */
    public Optional<ObjectNode> report(String catalog) {
        String index = CompanionIndices.events(catalog);
        return runners.entrySet().stream()
                .filter(entry -> entry.getKey().getIndexName().equals(index))
                .map(
                        entry -> {
                            ObjectNode json = JsonNodeFactory.instance.objectNode();
                            entry.getValue().report(json);
                            return json;
                        })
                .findFirst();
    }
}
