package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.event.UserHistories;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.ranking.signal.SignalBuilder;
import dev.persona.ranking.training.InsufficientDataException;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.time.Instant;

/**
 * Trains a factor model from the stored events, and counts how users behave towards items. All goes
 * into the slot that is not in use; one change of the cluster state then puts the slot to use, so
 * the generation goes live whole or not at all.
 */
public final class TrainFactorsAction extends JobAction {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/factors/train");

    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(10);

    private final Catalogs catalogs;
    private final Blas blas;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public TrainFactorsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            Catalogs catalogs,
            Blas blas) {
        super(TYPE, transportService, actionFilters, client, clusterService, threadPool);
        this.catalogs = catalogs;
        this.blas = blas;
        this.threadPool = threadPool;
    }

    @Override
    protected void check(JobRequest request) {
        blas.require();
        parameters(catalogs.get(request.catalog()), request);
    }

    private static AlsParameters parameters(Catalog catalog, JobRequest request) {
        JsonFields body = JsonFields.of(Json.readBody(request.body()), "body");
        AlsParameters normal = AlsParameters.DEFAULT;
        int iterations = body.integer("iterations", 1, 1000).orElse(normal.iterations());
        double regularization = body.number("regularization").orElse(normal.regularization());
        double alpha = body.number("alpha").orElse(normal.alpha());
        int seed = body.integer("seed", 0, Integer.MAX_VALUE).orElse((int) normal.seed());
        boolean scale = body.flag("scale_regularization").orElse(normal.scaleRegularization());
        int steps = body.integer("conjugate_gradient_steps", 0, 100).orElse(normal.steps());
        body.refuseUnknown();
        try {
            return new AlsParameters(
                    catalog.settings().factors(),
                    iterations,
                    regularization,
                    alpha,
                    seed,
                    scale,
                    steps);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("body", e.getMessage());
        }
    }

    @Override
    protected JsonResponse run(JobTask task, JobRequest request, Client client) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        AlsParameters parameters = parameters(catalog, request);
        SignalBuilder gathered =
                new SignalBuilder(catalog.settings().rules(), threadPool.absoluteTimeInMillis());
        new UserHistories(new IndexScan(client))
                .forEach(catalog.name(), task, "reading events", gathered::add);
        Interactions interactions = gathered.interactions();
        if (interactions.entries() == 0) {
            throw new InsufficientDataException(
                    "training needs events about items, such as views or purchases, and found none");
        }
        FactorModel model =
                new FactorTraining(
                                blas,
                                threads(),
                                threadPool.executor(ThreadPool.Names.GENERIC),
                                heapForOneJob())
                        .train(interactions, parameters, task, "factorizing");
        Catalog.Generation generation = catalog.nextGeneration();
        SlotWriter writer = new SlotWriter(client, task);
        long items =
                writer.write(
                        Slots.ofItems(catalog, generation.slot(), model, gathered.behaviour()),
                        "writing item vectors");
        // A user who is in memory of a follower only has no document to write a vector into.
        WrittenProfiles.await(client, catalogs, catalog.name(), PATIENCE);
        long users =
                writer.write(
                        Slots.ofUsers(catalog, generation.slot(), model),
                        "writing interest vectors");
        ObjectNode card = card(generation, parameters, interactions, model);
        card.put("items", items);
        card.put("users", users);
        new FactorStore(client).store(catalog, generation, card);
        // Item vectors are searched; interest vectors are read by id, which needs no refresh.
        client.admin().indices().prepareRefresh(catalog.name()).get();
        task.progress("switching", 0, 1);
        client.execute(
                        UpdateCatalogAction.TYPE,
                        new UpdateCatalogAction.Request(catalog.name(), Catalog.change(generation)))
                .actionGet();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("took", threadPool.relativeTimeInMillis() - started);
        answer.setAll(card);
        return new JsonResponse(answer);
    }

    private ObjectNode card(
            Catalog.Generation generation,
            AlsParameters parameters,
            Interactions interactions,
            FactorModel model) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("generation", generation.number());
        card.put("slot", generation.slot());
        card.put("created_at", Instant.ofEpochMilli(threadPool.absoluteTimeInMillis()).toString());
        card.put("entries", interactions.entries());
        card.put("factors", parameters.factors());
        ObjectNode how = card.putObject("parameters");
        how.put("factors", parameters.factors());
        how.put("iterations", parameters.iterations());
        how.put("regularization", parameters.regularization());
        how.put("alpha", parameters.alpha());
        how.put("seed", parameters.seed());
        how.put("scale_regularization", parameters.scaleRegularization());
        how.put("conjugate_gradient_steps", parameters.steps());
        ArrayNode losses = card.putArray("loss");
        model.losses().forEach(losses::add);
        return card;
    }
}
