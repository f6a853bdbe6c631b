package dev.persona.plugin.info;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.JsonResponse;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

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
        String name = catalog.name();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("catalog", name);
        json.set("settings", catalog.settings().toJson());
        ObjectNode state = json.putObject("state");
        count(
                CompanionIndices.events(name),
                listener.delegateFailureAndWrap(
                        (l, events) ->
                                count(
                                        CompanionIndices.profiles(name),
                                        l.delegateFailureAndWrap(
                                                (m, profiles) -> {
                                                    state.put("events", events);
                                                    state.put("profiles", profiles);
                                                    followers(catalog, json, m);
                                                }))));
    }

    /**
     * By a search, which wakes an index that nobody has searched for a while: the statistics of one
     * that sleeps know nothing of what was written meanwhile.
     */
    private void count(String index, ActionListener<Long> listener) {
        client.prepareSearch(index)
                .setSize(0)
                .setTrackTotalHits(true)
                .execute(listener.map(found -> found.getHits().getTotalHits().value()));
    }

    private void followers(
            Catalog catalog, ObjectNode json, ActionListener<JsonResponse> listener) {
        client.execute(
                CatalogStatsAction.TYPE,
                new CatalogStatsAction.Request(catalog.name()),
                listener.map(
                        stats -> {
                            ArrayNode followers =
                                    ((ObjectNode) json.path("state")).putArray("followers");
                            stats.getNodes()
                                    .forEach(
                                            node ->
                                                    node.json()
                                                            .path("followers")
                                                            .forEach(followers::add));
                            models(catalog, (ObjectNode) json.path("state"));
                            return new JsonResponse(json);
                        }));
    }

    private static void models(Catalog catalog, ObjectNode state) {
        catalog.factors()
                .ifPresent(
                        used -> {
                            ObjectNode factors = state.putObject("factors");
                            factors.put("generation", used.number());
                            factors.put("slot", used.slot());
                        });
        catalog.segments()
                .ifPresent(used -> state.putObject("segments").put("version", used.version()));
        ObjectNode models = state.putObject("models");
        catalog.activeModels()
                .forEach(
                        (model, version) -> models.putObject(model).put("active_version", version));
    }
}
