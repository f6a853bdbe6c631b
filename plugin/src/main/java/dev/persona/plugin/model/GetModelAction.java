package dev.persona.plugin.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
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

import java.util.List;

/** Lists the versions of a ranking model, the newest first. */
public final class GetModelAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:monitor/persona/model/get");

    private final Catalogs catalogs;
    private final ModelStore store;

    /** Made by Elasticsearch. */
    @Inject
    public GetModelAction(
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
        this.catalogs = catalogs;
        this.store = new ModelStore(client);
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        Catalog catalog = catalogs.get(request.catalog());
        String model = request.target();
        store.list(catalog.name(), model, listener.map(versions -> show(catalog, model, versions)));
    }

    private static JsonResponse show(Catalog catalog, String model, List<JsonNode> versions) {
        if (versions.isEmpty()) {
            throw catalog.noModel(model);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model);
        catalog.activeVersion(model).ifPresent(active -> json.put("active_version", active));
        ArrayNode list = json.putArray("versions");
        versions.forEach(version -> list.add(ModelVersion.shown(version)));
        return new JsonResponse(json);
    }
}
