package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.JsonResponse;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.admin.indices.stats.IndicesStatsRequest;
import org.elasticsearch.action.admin.indices.stats.IndicesStatsResponse;
import org.elasticsearch.action.admin.indices.stats.ShardStats;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

import java.util.HashMap;
import java.util.Map;

/** Shows a catalog's settings and state. */
public final class GetCatalogAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:monitor/persona/catalog/get");

    private final Client client;
    private final Catalogs catalogs;

    /** Made by Elasticsearch. */
    @Inject
    public GetCatalogAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
        this.catalogs = catalogs;
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        Catalog catalog = catalogs.get(request.catalog());
        countProfiles(
                catalog,
                listener.delegateFailureAndWrap((l, profiles) -> show(catalog, profiles, l)));
    }

    /**
     * By a search, which wakes an index that nobody has searched for a while: the statistics of one
     * that sleeps know nothing of what was written meanwhile.
     */
    private void countProfiles(Catalog catalog, ActionListener<Long> listener) {
        client.prepareSearch(CompanionIndices.profiles(catalog.name()))
                .setSize(0)
                .setTrackTotalHits(true)
                .execute(listener.map(found -> found.getHits().getTotalHits().value()));
    }

    private void show(Catalog catalog, long profiles, ActionListener<JsonResponse> listener) {
        String name = catalog.name();
        IndicesStatsRequest stats =
                new IndicesStatsRequest().indices(CompanionIndices.events(name)).clear().docs(true);
        client.admin()
                .indices()
                .stats(
                        stats,
                        listener.delegateFailureAndWrap(
                                (l, events) ->
                                        FollowerPosition.readAll(
                                                client,
                                                name,
                                                eventShards(name, events).keySet(),
                                                l.map(
                                                        positions ->
                                                                show(
                                                                        catalog, profiles, events,
                                                                        positions)))));
    }

    /** Global checkpoint of each primary shard of the events. */
    private static Map<Integer, Long> eventShards(String name, IndicesStatsResponse stats) {
        Map<Integer, Long> checkpoints = new HashMap<>();
        for (ShardStats shard : stats.getShards()) {
            if (shard.getShardRouting().getIndexName().equals(CompanionIndices.events(name))
                    && shard.getShardRouting().primary()
                    && shard.getSeqNoStats() != null) {
                checkpoints.put(
                        shard.getShardRouting().id(), shard.getSeqNoStats().getGlobalCheckpoint());
            }
        }
        return checkpoints;
    }

    private static JsonResponse show(
            Catalog catalog,
            long profiles,
            IndicesStatsResponse stats,
            Map<Integer, FollowerPosition> positions) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("catalog", catalog.name());
        json.set("settings", catalog.settings().toJson());
        ObjectNode state = json.putObject("state");
        state.put("events", count(stats, CompanionIndices.events(catalog.name())));
        state.put("profiles", profiles);
        ArrayNode followers = state.putArray("followers");
        String uuid =
                stats.getIndex(CompanionIndices.events(catalog.name())) == null
                        ? ""
                        : stats.getIndex(CompanionIndices.events(catalog.name())).getUuid();
        eventShards(catalog.name(), stats)
                .forEach(
                        (shard, checkpoint) -> {
                            FollowerPosition position = positions.get(shard);
                            long applied =
                                    position != null && position.indexUuid().equals(uuid)
                                            ? position.seqNo()
                                            : -1;
                            ObjectNode follower = followers.addObject();
                            follower.put("shard", shard);
                            follower.put("global_checkpoint", checkpoint);
                            follower.put("applied", applied);
                            follower.put("behind", Math.max(checkpoint - applied, 0));
                        });
        catalog.factors()
                .ifPresent(
                        used -> {
                            ObjectNode factors = state.putObject("factors");
                            factors.put("generation", used.number());
                            factors.put("slot", used.slot());
                        });
        ObjectNode models = state.putObject("models");
        catalog.activeModels()
                .forEach(
                        (model, version) -> models.putObject(model).put("active_version", version));
        return new JsonResponse(json);
    }

    private static long count(IndicesStatsResponse stats, String index) {
        var found = stats.getIndex(index);
        return found == null || found.getPrimaries().getDocs() == null
                ? 0
                : found.getPrimaries().getDocs().getCount();
    }
}
