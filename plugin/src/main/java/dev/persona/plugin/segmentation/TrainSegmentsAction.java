package dev.persona.plugin.segmentation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.SegmentVersion;
import dev.persona.plugin.segment.SegmentsInUse;
import dev.persona.plugin.task.JobAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.segment.Segment;
import dev.persona.profiling.segment.SegmentModel;
import dev.persona.profiling.segment.SegmentParameters;
import dev.persona.profiling.segment.SegmentTraining;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds segments of a catalog's users. One change of the cluster state puts them to use: whatever
 * fails before it leaves those before serving; if the job ends between it and the last profile, the
 * upkeep gives the others their segment.
 */
public final class TrainSegmentsAction extends JobAction {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/segments/train");

    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(10);

    private final Catalogs catalogs;
    private final DerivedFields derived;
    private final Memory memory;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public TrainSegmentsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            Catalogs catalogs,
            DerivedFields derived,
            Memory memory) {
        super(TYPE, transportService, actionFilters, client, clusterService, threadPool);
        this.catalogs = catalogs;
        this.derived = derived;
        this.memory = memory;
        this.threadPool = threadPool;
    }

    @Override
    protected void check(JobRequest request) {
        catalogs.get(request.catalog());
        parameters(request);
    }

    private static SegmentParameters parameters(JobRequest request) {
        JsonFields body = JsonFields.of(Json.readBody(request.body()), "body");
        OptionalInt count =
                body.integer(
                        "count", SegmentParameters.LEAST_SEGMENTS, SegmentParameters.MOST_SEGMENTS);
        int seed =
                body.integer("seed", 0, Integer.MAX_VALUE)
                        .orElse((int) SegmentParameters.DEFAULT.seed());
        body.refuseUnknown();
        return new SegmentParameters(count, seed);
    }

    @Override
    protected JsonResponse run(JobTask task, JobRequest request, Client client) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        SegmentParameters parameters = parameters(request);
        task.progress("waiting for events", 0, 0);
        WrittenProfiles.await(client, catalogs, catalog.name(), PATIENCE);
        SegmentsInUse inUse = new SegmentsInUse(client, catalogs, catalog.name());
        Segmenting segmenting =
                new Segmenting(
                        client, catalog, derived, memory, task, threadPool.absoluteTimeInMillis());
        SegmentTraining training =
                segmenting.train(parameters, inUse.find().segments().map(SegmentVersion::model));
        Segmenting.Described described = segmenting.describe(training.model());
        ObjectNode card = card(parameters, training);
        task.progress("storing", 0, 0);
        requireSameFactors(catalog);
        SegmentVersion trained =
                SegmentVersion.of(
                        training.model(), card, described.descriptions(), described.favourites());
        int version =
                inUse.replace(
                        before -> trained.withModel(labelled(training.model(), before)),
                        Catalog::useSegments);
        long profiles =
                new SegmentSweep(client, catalogs, derived, PATIENCE)
                        .run(
                                catalogs.get(catalog.name()),
                                training.model(),
                                (done, total) -> task.progress("writing segments", done, total));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("took", threadPool.relativeTimeInMillis() - started);
        answer.setAll(trained.shown(version));
        answer.put("profiles_written", profiles);
        return new JsonResponse(answer);
    }

    /** Labels may have been given meanwhile. */
    private static SegmentModel labelled(SegmentModel model, Optional<SegmentVersion> before) {
        SegmentModel labelled = model;
        for (Segment segment : before.map(b -> b.model().segments()).orElse(List.of())) {
            if (model.indexOf(segment.name()).isPresent()) {
                labelled = labelled.withLabel(segment.name(), segment.label());
            }
        }
        return labelled;
    }

    /** Segments that nobody's interests could be compared with would be of no use. */
    private void requireSameFactors(Catalog catalog) {
        if (!catalogs.get(catalog.name()).factors().equals(catalog.factors())) {
            throw new ElasticsearchStatusException(
                    "the factors of [{}] were trained meanwhile, find segments again",
                    RestStatus.CONFLICT,
                    catalog.name());
        }
    }

    private ObjectNode card(SegmentParameters parameters, SegmentTraining training) {
        SegmentModel model = training.model();
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("created_at", Instant.ofEpochMilli(threadPool.absoluteTimeInMillis()).toString());
        card.put("users", model.users());
        card.put("count", model.segments().size());
        card.put("seed", parameters.seed());
        if (model.generation() != 0) {
            card.put("generation", model.generation());
        }
        ArrayNode silhouettes = card.putArray("silhouettes");
        training.silhouettes()
                .forEach(
                        (count, mean) ->
                                silhouettes.addObject().put("count", count).put("mean", mean));
        return card;
    }
}
