package dev.persona.plugin.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.Tagging;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.tag.TagRules;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/**
 * Replaces all tag rules of a catalog. Profiles that are written or shown from then on have their
 * tags by the new rules; the upkeep of the catalog notices and goes over all the others.
 */
public final class PutTagsAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/tags/put");

    private final Client client;
    private final Catalogs catalogs;

    /** Made by Elasticsearch. */
    @Inject
    public PutTagsAction(
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
        TagRules rules;
        try {
            JsonFields body = JsonFields.of(Json.readBody(request.body()), "body");
            JsonNode tags = body.any("tags").orElseThrow(() -> body.missing("tags"));
            body.refuseUnknown();
            rules = Tagging.parse(tags, catalog.settings());
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
        client.execute(
                UpdateCatalogAction.TYPE,
                new UpdateCatalogAction.Request(catalog.name(), Catalog.change(rules)),
                listener.map(
                        updated ->
                                new JsonResponse(
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("acknowledged", updated.isAcknowledged()))));
    }
}
