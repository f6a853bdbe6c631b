package dev.persona.plugin.privacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.task.WaitingAction;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** Forgets a user: profile, events, and whatever else is stored under any of the user's ids. */
public final class EraseProfileAction extends WaitingAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/write/persona/profile/delete");

    private final Client client;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;

    /** Made by Elasticsearch. */
    @Inject
    public EraseProfileAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            ThreadPool threadPool) {
        super(TYPE, transportService, actionFilters, CatalogRequest::new, threadPool);
        this.client = client;
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
    }

    @Override
    protected JsonResponse run(CatalogRequest request) {
        Catalog catalog = catalogs.get(request.catalog());
        Erasure.Counts counts =
                new Erasure(client, catalogs, catalog)
                        .erase(catalog.storedNames(pseudonyms).apply(request.target()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user", request.target());
        ObjectNode erased = json.putObject("erased");
        erased.put("profiles", counts.profiles());
        erased.put("merges", counts.merges());
        erased.put("events", counts.events().events());
        erased.put("impressions", counts.events().impressions());
        erased.put("searches", counts.events().searches());
        return new JsonResponse(counts.isNothing() ? RestStatus.NOT_FOUND : RestStatus.OK, json);
    }
}
