package dev.persona.plugin.rebuild;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.identity.Merges;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** Computes all profiles of a catalog anew from its stored events, while the old ones serve. */
public final class RebuildProfilesAction extends JobAction {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/profiles/rebuild");

    private final Catalogs catalogs;
    private final DerivedFields derived;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public RebuildProfilesAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            Catalogs catalogs,
            DerivedFields derived) {
        super(TYPE, transportService, actionFilters, client, clusterService, threadPool);
        this.catalogs = catalogs;
        this.derived = derived;
        this.threadPool = threadPool;
    }

    @Override
    protected void check(JobRequest request) {
        catalogs.get(request.catalog());
        JsonFields.of(Json.readBody(request.body()), "body").refuseUnknown();
    }

    @Override
    protected JsonResponse run(JobTask task, JobRequest request, Client client) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        IndexScan scan = new IndexScan(client);
        Merges merges = Merges.read(scan, catalog.name(), task, "reading merges");
        task.progress("waiting for followers", 0, 0);
        PassedEvents passed = PassedEvents.await(client, catalogs, catalog);
        UserRebuild rebuild =
                new UserRebuild(client, catalogs, catalog, derived, passed, merges, task);
        new StoredUsers(scan, catalog, task).forEachBatch(rebuild::profiles);
        task.progress("looking for lost profiles", 0, 0);
        new LostUsers(client, catalog, merges).forEachBatch(rebuild::lost);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("took", threadPool.relativeTimeInMillis() - started);
        json.put("profiles", rebuild.profiles());
        json.put("changed", rebuild.changed());
        json.put("created", rebuild.created());
        json.put("events", rebuild.events());
        return new JsonResponse(json);
    }
}
