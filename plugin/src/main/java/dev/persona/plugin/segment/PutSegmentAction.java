package dev.persona.plugin.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.task.WaitingAction;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.segment.Segment;
import dev.persona.profiling.segment.SegmentModel;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.Optional;

/** Says what people call a segment; a label goes with the name from one training to the next. */
public final class PutSegmentAction extends WaitingAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/segments/put");

    private final Client client;
    private final Catalogs catalogs;

    /** Made by Elasticsearch. */
    @Inject
    public PutSegmentAction(
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
        Catalog catalog = catalogs.get(request.catalog());
        JsonNode json = Json.readBody(request.body());
        JsonFields body = JsonFields.of(json, "body");
        Optional<String> label = body.string("label");
        body.refuseUnknown();
        if (!json.has("label")) {
            throw body.missing("label");
        }
        new SegmentsInUse(client, catalogs, catalog.name())
                .replace(
                        before ->
                                labelled(
                                        before.orElseThrow(catalog::noSegments),
                                        request.target(),
                                        label),
                        Catalog::relabelSegments);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("acknowledged", true);
        answer.put("segment", request.target());
        return new JsonResponse(answer);
    }

    private static SegmentVersion labelled(
            SegmentVersion segments, String name, Optional<String> label) {
        SegmentModel model = segments.model();
        if (model.indexOf(name).isEmpty()) {
            throw new ResourceNotFoundException(
                    "there is no segment [{}], there are {}",
                    JsonFields.shorten(name),
                    model.segments().stream().map(Segment::name).toList());
        }
        return segments.withModel(model.withLabel(name, label));
    }
}
