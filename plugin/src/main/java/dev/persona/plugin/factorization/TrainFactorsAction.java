package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.generation.GenerationStore;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.generation.TrainingWindowJson;
import dev.persona.plugin.item.ItemSweep;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.profile.ProfileSweep;
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
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Catalog.Generation generation = catalog.nextGeneration();
        // A number of its own, whatever became of the trainings before: nodes may hold what those
        // have left.
        change(client, catalog, Catalog.begin(generation));
        FactorModel model =
                new FactorTraining(
                                blas,
                                memory,
                                threads(),
                                threadPool.executor(ThreadPool.Names.GENERIC),
                                heapForOneJob())
                        .train(interactions, parameters.als(), task, "factorizing");
        LearnedItems items =
                new ItemLearning(
                                catalog,
                                new IndexScan(client),
                                task,
                                threads(),
                                threadPool.executor(ThreadPool.Names.GENERIC))
                        .learn(interactions, model, parameters.window(), gathered.behaviour());
        ObjectNode card = card(generation, parameters, interactions, model, items);
        GenerationStore store = new GenerationStore(client);
        task.progress("storing", 0, 1);
        store.store(catalog.name(), generation.number(), items, card);
        // From here on whoever writes a profile folds it in for this generation too.
        change(client, catalog, Catalog.announce(generation));
        ItemSweep products = new ItemSweep(client, catalog);
        products.run(
                generation,
                items,
                (done, total) -> task.progress("writing item vectors", done, total));
        long users = writeInterests(task, catalog, generation, items, client);
        // What the shop has changed or added meanwhile.
        long written =
                products.run(
                        generation,
                        items,
                        (done, total) -> task.progress("writing item vectors", done, total));
        // Item vectors are searched; interest vectors are read by id, which needs no refresh.
        client.admin().indices().prepareRefresh(catalog.name()).get();
        task.progress("switching", 0, 1);
        change(client, catalog, Catalog.use(generation));
        task.progress("cleaning up", 0, 1);
        store.removeOthers(
                catalog.name(),
                Stream.concat(catalog.factors().stream(), Stream.of(generation))
                        .map(Catalog.Generation::number)
                        .collect(Collectors.toSet()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("took", threadPool.relativeTimeInMillis() - started);
        answer.setAll(card);
        answer.put("items", written);
        answer.put("users", users);
        return new JsonResponse(answer);
    }

    private static void change(Client client, Catalog catalog, Map<String, String> change) {
        client.execute(
                        UpdateCatalogAction.TYPE,
                        new UpdateCatalogAction.Request(catalog.name(), change))
                .actionGet();
    }

    /** Gives how many users have a vector. */
    private long writeInterests(
            JobTask task,
            Catalog catalog,
            Catalog.Generation generation,
            LearnedItems items,
            Client client) {
        // Who began to write a profile before the generation was announced is done then. And a
        // user who is in memory of a follower only has no document to write a vector into.
        WrittenProfiles.await(client, catalogs, catalog.name(), PATIENCE);
        new ProfileSweep(
                        client,
                        catalog,
                        (done, total) -> task.progress("writing interest vectors", done, total),
                        document ->
                                Optional.of(
                                        InterestVectors.fold(
                                                items,
                                                generation,
                                                document,
                                                threadPool.absoluteTimeInMillis())))
                .run(QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery("merged_into")));
        String profiles = CompanionIndices.profiles(catalog.name());
        client.admin().indices().prepareRefresh(profiles).get();
        SearchResponse filled =
                client.prepareSearch(profiles)
                        .setSize(0)
                        .setTrackTotalHits(true)
                        .setQuery(
                                QueryBuilders.existsQuery(
                                        Catalog.interestVectorField(generation.slot())))
                        .get();
        try {
            return filled.getHits().getTotalHits().value();
        } finally {
            filled.decRef();
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
