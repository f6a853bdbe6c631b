package dev.persona.plugin.tag;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.JsonResponse;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/** Shows the tag rules of a catalog. */
public final class GetTagsAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:monitor/persona/tags/get");

    private final Catalogs catalogs;

    /** Made by Elasticsearch. */
    @Inject
    public GetTagsAction(
            TransportService transportService, ActionFilters actionFilters, Catalogs catalogs) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.catalogs = catalogs;
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("tags", catalogs.get(request.catalog()).tagging().rules().toJson());
        listener.onResponse(new JsonResponse(json));
    }
}
