package dev.persona.plugin.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.event.UserHistories;
import dev.persona.plugin.factorization.FactorTraining;
import dev.persona.plugin.generation.GenerationStore;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.json.NodesReport;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.ranking.feature.FeatureSet;
import dev.persona.ranking.feature.ItemTable;
import dev.persona.ranking.model.LightGbm;
import dev.persona.ranking.signal.CrossFit;
import dev.persona.ranking.signal.ItemSignals;
import dev.persona.ranking.signal.SignalBuilder;
import dev.persona.ranking.signal.TrainingWindow;
import dev.persona.ranking.training.RankingParameters;
import dev.persona.ranking.training.RankingTrainer;
import dev.persona.ranking.training.TrainedModel;
import dev.persona.ranking.training.TrainingReplay;
import dev.persona.ranking.training.TrainingSet;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.time.Instant;
import java.util.List;

/**
 * Trains a ranking model from the stored events, stores it as a new version, makes it the active
 * one, and has all nodes load it.
 */
public final class TrainModelAction extends JobAction {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/model/train");

    private final Catalogs catalogs;
    private final Blas blas;
    private final Memory memory;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public TrainModelAction(
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
        LightGbm.require();
        catalogs.get(request.catalog());
        ModelNames.check(request.target());
        RankingParameters.parse(Json.readBody(request.body()));
    }

    @Override
    protected JsonResponse run(JobTask task, JobRequest request, Client client) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        RankingParameters parameters = RankingParameters.parse(Json.readBody(request.body()));
        TrainingReplay replay = replay(catalog, task, client);
        TrainingSet examples = replay.trainingSet();
        task.progress("training", 0, parameters.trees());
        TrainedModel trained =
                new RankingTrainer(parameters, threads()).train(examples, task::isCancelled);

        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("created_at", Instant.ofEpochMilli(threadPool.absoluteTimeInMillis()).toString());
        card.put("impressions", replay.impressions());
        card.put("lists", examples.lists().size());
        card.put("examples", examples.examples());
        card.put("trees", trained.trees());
        card.set("parameters", parameters.toJson());
        card.set("metrics", metrics(trained.metrics()));
        task.progress("storing", 0, 1);
        int version = store(catalog, request.target(), trained, card, client);

        UpdateCatalogAction.change(
                client, catalog.name(), Catalog.activate(request.target(), version));
        NodesReport loaded =
                client.execute(
                                ReloadModelAction.TYPE,
                                new ReloadModelAction.Request(catalog.name(), request.target()))
                        .actionGet();
        return new JsonResponse(
                answer(request, trained, card, version, started, loaded.getNodes().size()));
    }

    private TrainingReplay replay(Catalog catalog, JobTask task, Client client) {
        IndexScan scan = new IndexScan(client);
        ItemTable items = new ItemTableReader(scan).read(catalog, task);
        FeatureSet features =
                FeatureSet.fit(Json.config("features.json"), catalog.settings().catalogFields());
        TrainingReplay replay =
                new TrainingReplay(
                        features,
                        catalog.settings().rules(),
                        items,
                        signals(catalog, task, client, scan));
        new UserHistories(scan).forEach(catalog.name(), task, "replaying events", replay::replay);
        return replay;
    }

    /** Made as the generation in use was; without one, searches have no signals either. */
    private CrossFit.Signals signals(Catalog catalog, JobTask task, Client client, IndexScan scan) {
        if (catalog.factors().isEmpty()) {
            return CrossFit.Signals.NONE;
        }
        GenerationStore store = new GenerationStore(client);
        int generation = catalog.factors().get().number();
        AlsParameters parameters = store.parameters(catalog.name(), generation);
        TrainingWindow window = store.window(catalog.name(), generation);
        CrossFit crossFit =
                new CrossFit(catalog.settings().rules(), window, threadPool.absoluteTimeInMillis());
        new UserHistories(scan).forEach(catalog.name(), task, "reading events", crossFit::add);
        return crossFit.build(gathered -> signals(gathered, parameters, window, task));
    }

    private ItemSignals signals(
            SignalBuilder gathered, AlsParameters parameters, TrainingWindow window, JobTask task) {
        Interactions interactions = gathered.interactions();
        if (!blas.isLoaded() || interactions.entries() == 0) {
            return new ItemSignals(gathered.behaviour());
        }
        FactorModel factors =
                new FactorTraining(
                                blas,
                                memory,
                                threads(),
                                threadPool.executor(ThreadPool.Names.GENERIC),
                                heapForOneJob())
                        .train(interactions, parameters, task, "factorizing for cross-fitting");
        return new ItemSignals(factors.itemFactors(), window, gathered.behaviour());
    }

    private int store(
            Catalog catalog, String model, TrainedModel trained, ObjectNode card, Client client) {
        ModelStore store = new ModelStore(client);
        PlainActionFuture<List<JsonNode>> versions = new PlainActionFuture<>();
        store.list(catalog.name(), model, versions);
        int version =
                versions.actionGet().stream()
                                .mapToInt(json -> json.path("version").asInt())
                                .max()
                                .orElse(0)
                        + 1;
        PlainActionFuture<Void> stored = new PlainActionFuture<>();
        store.store(
                catalog.name(),
                new ModelVersion(model, version, trained.features(), trained.text(), card),
                stored);
        stored.actionGet();
        return version;
    }

    private ObjectNode answer(
            JobRequest request,
            TrainedModel trained,
            ObjectNode card,
            int version,
            long started,
            int nodes) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("took", threadPool.relativeTimeInMillis() - started);
        answer.put("model", request.target());
        answer.put("version", version);
        answer.put("active", true);
        answer.put("loaded_by_nodes", nodes);
        answer.setAll(card);
        ArrayNode names = answer.putArray("features");
        trained.features().names().forEach(names::add);
        return answer;
    }

    private static ObjectNode metrics(TrainedModel.Metrics metrics) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lists", metrics.lists());
        ObjectNode ndcg = json.putObject("ndcg_10");
        put(ndcg, "model", metrics.model());
        put(ndcg, "first_pass", metrics.firstPass());
        put(ndcg, "shown", metrics.shown());
        return json;
    }

    /** JSON has no NaN: what is unknown is left out. */
    private static void put(ObjectNode json, String name, double value) {
        if (!Double.isNaN(value)) {
            json.put(name, value);
        }
    }
}
