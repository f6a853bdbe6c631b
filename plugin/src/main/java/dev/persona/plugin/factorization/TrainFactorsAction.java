package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.ItemMapping;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.generation.TrainingWindowJson;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.signal.SignalGathering;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.coldstart.ColdStartModel;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.ranking.signal.TrainingWindow;
import dev.persona.ranking.training.InsufficientDataException;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.core.Releasable;
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

    private final Catalogs catalogs;
    private final Blas blas;
    private final Memory memory;
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
            Blas blas,
            Memory memory) {
        super(TYPE, transportService, actionFilters, client, clusterService, threadPool);
        this.catalogs = catalogs;
        this.blas = blas;
        this.memory = memory;
        this.threadPool = threadPool;
    }

    @Override
    protected void check(JobRequest request) {
        blas.require();
        parameters(catalogs.get(request.catalog()), request);
    }

    /**
     * How a generation is made.
     *
     * @param als the factorization
     * @param window the events that it learns from
     */
    private record Parameters(AlsParameters als, TrainingWindow window) {}

    private static Parameters parameters(Catalog catalog, JobRequest request) {
        JsonFields body = JsonFields.of(Json.readBody(request.body()), "body");
        AlsParameters normal = AlsParameters.DEFAULT;
        int iterations = body.integer("iterations", 1, 1000).orElse(normal.iterations());
        double regularization = body.number("regularization").orElse(normal.regularization());
        double alpha = body.number("alpha").orElse(normal.alpha());
        int seed = body.integer("seed", 0, Integer.MAX_VALUE).orElse((int) normal.seed());
        boolean scale = body.flag("scale_regularization").orElse(normal.scaleRegularization());
        int steps = body.integer("conjugate_gradient_steps", 0, 100).orElse(normal.steps());
        TrainingWindow window = TrainingWindowJson.parse(body, catalog.settings().rules().decay());
        body.refuseUnknown();
        try {
            return new Parameters(
                    new AlsParameters(
                            catalog.settings().factors(),
                            iterations,
                            regularization,
                            alpha,
                            seed,
                            scale,
                            steps),
                    window);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("body", e.getMessage());
        }
    }

    @Override
    protected JsonResponse run(JobTask task, JobRequest request, Client client) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        ItemMapping.complete(client, catalogs, catalog);
        Parameters parameters = parameters(catalog, request);
        SignalGathering.Gathered gathered =
                new SignalGathering(client, catalogs, memory)
                        .gather(
                                catalog,
                                parameters.window(),
                                threadPool.absoluteTimeInMillis(),
                                task);
        Interactions interactions = gathered.interactions();
        if (interactions.entries() == 0) {
            throw new InsufficientDataException(
                    "training needs events about items, such as views or purchases, and found none"
                            + " that count");
        }
        Catalog.Generation generation = catalogs.get(catalog.name()).nextGeneration();
        GenerationRollout rollout =
                new GenerationRollout(client, catalogs, catalog, generation, task);
        rollout.begin();
        FactorModel model =
                new FactorTraining(
                                blas,
                                memory,
                                threads(),
                                threadPool.executor(ThreadPool.Names.GENERIC),
                                heapForOneJob())
                        .train(interactions, parameters.als(), task, "factorizing");
        Releasable taken =
                memory.take(
                        ItemLearning.bytes(interactions),
                        "what is learned of the items of [" + catalog.name() + "]");
        try {
            LearnedItems items =
                    new ItemLearning(
                                    catalog,
                                    new IndexScan(client),
                                    task,
                                    threads(),
                                    threadPool.executor(ThreadPool.Names.GENERIC))
                            .learn(interactions, model, parameters.window(), gathered.behaviour());
            ObjectNode card = card(generation, parameters, interactions, model, items);
            GenerationRollout.Reached reached = rollout.run(items, card);
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("took", threadPool.relativeTimeInMillis() - started);
            answer.setAll(card);
            answer.put("items", reached.products());
            answer.put("users", reached.users());
            return new JsonResponse(answer);
        } finally {
            taken.close();
        }
    }

    private ObjectNode card(
            Catalog.Generation generation,
            Parameters parameters,
            Interactions interactions,
            FactorModel model,
            LearnedItems items) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("generation", generation.number());
        card.put("slot", generation.slot());
        card.put("created_at", Instant.ofEpochMilli(threadPool.absoluteTimeInMillis()).toString());
        card.put("entries", interactions.entries());
        AlsParameters als = parameters.als();
        card.put("factors", als.factors());
        ObjectNode how = card.putObject("parameters");
        how.put("factors", als.factors());
        how.put("iterations", als.iterations());
        how.put("regularization", als.regularization());
        how.put("alpha", als.alpha());
        how.put("seed", als.seed());
        how.put("scale_regularization", als.scaleRegularization());
        how.put("conjugate_gradient_steps", als.steps());
        TrainingWindowJson.write(parameters.window(), how);
        ArrayNode losses = card.putArray("loss");
        model.losses().forEach(losses::add);
        card.put("related_pairs", items.related().related().length);
        items.coldStart()
                .map(ColdStartModel::heldOut)
                .ifPresent(
                        errors -> {
                            ObjectNode coldStart = card.putObject("cold_start");
                            coldStart.put("held_out_items", errors.items());
                            coldStart.put("error", errors.regression());
                            coldStart.put("error_of_mean", errors.mean());
                            coldStart.put("error_of_zero", errors.zero());
                        });
        return card;
    }
}
