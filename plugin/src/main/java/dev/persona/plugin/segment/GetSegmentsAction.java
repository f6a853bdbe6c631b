package dev.persona.plugin.segment;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.task.WaitingAction;
import dev.persona.profiling.segment.SegmentModel;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** Shows the segments that a catalog has in use. */
public final class GetSegmentsAction extends WaitingAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:monitor/persona/segments/get");

    private final Client client;
    private final Catalogs catalogs;

    /** Made by Elasticsearch. */
    @Inject
    public GetSegmentsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            ThreadPool threadPool) {
        super(TYPE, transportService, actionFilters, CatalogRequest::new, threadPool);
        this.client = client;
        this.catalogs = catalogs;
    }

    @Override
    protected JsonResponse run(CatalogRequest request) {
        SegmentsInUse.Found found = new SegmentsInUse(client, catalogs, request.catalog()).find();
        Catalog catalog = found.catalog();
        SegmentVersion segments = found.segments().orElseThrow(catalog::noSegments);
        ObjectNode json = segments.shown(catalog.segments().orElseThrow().version());
        if (isOutdated(segments.model(), catalog)) {
            json.put("outdated", true);
        }
        return new JsonResponse(json);
    }

    private static boolean isOutdated(SegmentModel model, Catalog catalog) {
        return model.generation() != 0
                && catalog.factors().filter(used -> used.number() == model.generation()).isEmpty();
    }
}
