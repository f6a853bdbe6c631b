package dev.persona.plugin.privacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.pseudonym.Pseudonyms;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** Forgets a user: profile, events, and whatever else is stored under any of the user's ids. */
public final class EraseProfileAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/write/persona/profile/delete");

    private final Client client;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public EraseProfileAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
        this.threadPool = threadPool;
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        threadPool.generic().execute(ActionRunnable.supply(listener, () -> erase(request)));
    }

    private JsonResponse erase(CatalogRequest request) {
        Catalog catalog = catalogs.get(request.catalog());
        Erasure.Counts counts =
                new Erasure(client, catalogs, catalog)
                        .erase(
                                pseudonyms
                                        .of(catalog.name(), catalog.settings().pseudonyms())
                                        .apply(request.target()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user", request.target());
        ObjectNode erased = json.putObject("erased");
        erased.put("profiles", counts.profiles());
        erased.put("merges", counts.merges());
        erased.put("events", counts.events());
        erased.put("impressions", counts.impressions());
        erased.put("searches", counts.searches());
        return new JsonResponse(counts.isNothing() ? RestStatus.NOT_FOUND : RestStatus.OK, json);
    }
}
