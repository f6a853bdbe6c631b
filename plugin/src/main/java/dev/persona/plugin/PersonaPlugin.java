package dev.persona.plugin;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.DeleteCatalogAction;
import dev.persona.plugin.catalog.PutCatalogAction;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.consent.BlockList;
import dev.persona.plugin.consent.PutProfileAction;
import dev.persona.plugin.event.EventCounters;
import dev.persona.plugin.event.EventsAction;
import dev.persona.plugin.factorization.TrainFactorsAction;
import dev.persona.plugin.follower.AwaitEventsAction;
import dev.persona.plugin.follower.GetProfileAction;
import dev.persona.plugin.follower.PendingEventsAction;
import dev.persona.plugin.follower.ProfileFollowers;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.identity.MergeProfilesAction;
import dev.persona.plugin.info.CatalogStatsAction;
import dev.persona.plugin.info.GetCatalogAction;
import dev.persona.plugin.info.InfoAction;
import dev.persona.plugin.info.NodeStats;
import dev.persona.plugin.info.PluginVersion;
import dev.persona.plugin.info.StatsAction;
import dev.persona.plugin.item.ItemFollowers;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.model.GetModelAction;
import dev.persona.plugin.model.LoadedModels;
import dev.persona.plugin.model.ReloadModelAction;
import dev.persona.plugin.model.TrainModelAction;
import dev.persona.plugin.privacy.EraseProfileAction;
import dev.persona.plugin.privacy.ExportProfileAction;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.rebuild.RebuildProfilesAction;
import dev.persona.plugin.recommend.RecommendAction;
import dev.persona.plugin.rescore.PersonalizeRescorerBuilder;
import dev.persona.plugin.rescore.Personalizer;
import dev.persona.plugin.rest.RestSurface;
import dev.persona.plugin.security.OwnClient;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.GetSegmentsAction;
import dev.persona.plugin.segment.LoadedSegments;
import dev.persona.plugin.segment.PutSegmentAction;
import dev.persona.plugin.segmentation.TrainSegmentsAction;
import dev.persona.plugin.signal.GatherSignalsAction;
import dev.persona.plugin.tag.GetTagsAction;
import dev.persona.plugin.tag.PutTagsAction;
import dev.persona.plugin.task.JobAction;
import dev.persona.plugin.task.JobTask;
import dev.persona.plugin.upkeep.UpkeepRunners;
import dev.persona.plugin.vector.InterestVectorBuilder;
import dev.persona.plugin.vector.InterestVectorSource;
import dev.persona.profiling.factorization.Blas;
import dev.persona.ranking.model.LightGbm;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.CircuitBreakerPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.FixedExecutorBuilder;
import org.elasticsearch.threadpool.ScalingExecutorBuilder;
import org.elasticsearch.threadpool.ThreadPool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What Elasticsearch is given: actions, REST calls, the rescorer, the followers of the events, and
 * the upkeep of the catalogs.
 */
public final class PersonaPlugin extends Plugin
        implements ActionPlugin, CircuitBreakerPlugin, SearchPlugin {
    private static final Logger logger = LogManager.getLogger(PersonaPlugin.class);

    private static final String FOLLOWERS = "persona_followers";
    private static final String UPKEEP = "persona_upkeep";
    private static final int UPKEEPS_AT_ONCE = 2;
    private static final int JOBS_WAITING = 16;

    // Elasticsearch asks for rescorers and index listeners on paths that lead past
    // createComponents.
    private final Memory memory = new Memory();
    private final SetOnce<Personalizer> personalizer = new SetOnce<>();
    private final SetOnce<InterestVectorSource> vectors = new SetOnce<>();
    private final SetOnce<ProfileFollowers> followers = new SetOnce<>();
    private final SetOnce<ItemFollowers> items = new SetOnce<>();
    private final SetOnce<UpkeepRunners> upkeep = new SetOnce<>();

    /** Called by Elasticsearch. */
    public PersonaPlugin() {}

    @Override
    public Collection<?> createComponents(PluginServices services) {
        Blas blas = Blas.load(nativeDirectory(services.environment()));
        blas.problem().ifPresent(why -> logger.warn("factors cannot be trained here: {}", why));
        LightGbm.problem().ifPresent(why -> logger.warn("nothing can be ranked here: {}", why));

        ThreadPool threadPool = services.threadPool();
        Settings settings = services.environment().settings();
        Pseudonyms pseudonyms = Pseudonyms.of(settings);
        Client own = OwnClient.of(services.client(), settings);
        Catalogs catalogs = new Catalogs(services.clusterService(), services.projectResolver());
        Executor generic = threadPool.executor(ThreadPool.Names.GENERIC);
        LoadedModels models = new LoadedModels(own, catalogs, memory, generic);
        services.clusterService().addListener(models.listener());
        LoadedGenerations generations = new LoadedGenerations(own, catalogs, memory, generic);
        services.clusterService().addListener(generations.listener());
        InterestVectors interests =
                new InterestVectors(generations, threadPool.executor(ThreadPool.Names.GET));
        LoadedSegments segments = new LoadedSegments(own, catalogs, memory, generic);
        services.clusterService().addListener(segments.listener());
        DerivedFields derived = new DerivedFields(interests, segments);
        personalizer.set(new Personalizer(catalogs, models, interests, pseudonyms));
        vectors.set(new InterestVectorSource(catalogs, generations, interests, pseudonyms));
        followers.set(
                new ProfileFollowers(
                        catalogs, own, threadPool, threadPool.executor(FOLLOWERS), derived));
        items.set(new ItemFollowers(catalogs, generations, own, threadPool.executor(UPKEEP)));
        services.clusterService().addListener(items.get());
        upkeep.set(
                new UpkeepRunners(
                        catalogs,
                        generations,
                        segments,
                        derived,
                        own,
                        threadPool,
                        threadPool.executor(UPKEEP),
                        services.environment().settings()));
        services.clusterService().addListener(upkeep.get());
        EventCounters events = new EventCounters();
        return List.of(
                catalogs,
                pseudonyms,
                blas,
                models,
                memory,
                generations,
                interests,
                segments,
                derived,
                followers.get(),
                new BlockList(own),
                events,
                new NodeStats(
                        catalogs,
                        events,
                        followers.get(),
                        items.get(),
                        upkeep.get(),
                        models,
                        generations,
                        segments),
                PluginVersion.read());
    }

    /** Where the installer has put the libraries that jblas needs and a system may lack. */
    private static Optional<Path> nativeDirectory(Environment environment) {
        Path directory = environment.pluginsDir().resolve("persona/native/linux-x86_64");
        return Files.isDirectory(directory) ? Optional.of(directory) : Optional.empty();
    }

    @Override
    public BreakerSettings getCircuitBreaker(Settings settings) {
        return Memory.settings(settings);
    }

    @Override
    public void setCircuitBreaker(CircuitBreaker breaker) {
        memory.breaker(breaker);
    }

    @Override
    public List<Setting<?>> getSettings() {
        return List.of(OwnClient.API_KEY, Pseudonyms.KEY, UpkeepRunners.INTERVAL);
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
        return List.of(
                new FixedExecutorBuilder(
                        settings,
                        JobAction.THREAD_POOL,
                        JobAction.MOST_AT_ONCE,
                        JOBS_WAITING,
                        "thread_pool." + JobAction.THREAD_POOL,
                        EsExecutors.TaskTrackingConfig.DO_NOT_TRACK),
                new ScalingExecutorBuilder(
                        FOLLOWERS,
                        0,
                        Math.max(4, EsExecutors.allocatedProcessors(settings)),
                        TimeValue.timeValueMinutes(1),
                        false),
                new ScalingExecutorBuilder(
                        UPKEEP, 0, UPKEEPS_AT_ONCE, TimeValue.timeValueMinutes(1), false));
    }

    @Override
    public void onIndexModule(IndexModule module) {
        if (CompanionIndices.catalogOfEvents(module.getIndex().getName()).isPresent()) {
            module.addIndexEventListener(followers.get());
            module.addIndexOperationListener(followers.get());
            module.addIndexEventListener(upkeep.get());
        } else if (!module.getIndex().getName().startsWith(".")) {
            // Which ones hold products may change later.
            module.addIndexOperationListener(items.get());
        }
    }

    @Override
    public Collection<ActionHandler> getActions() {
        return List.of(
                new ActionHandler(PutCatalogAction.TYPE, PutCatalogAction.class),
                new ActionHandler(GetCatalogAction.TYPE, GetCatalogAction.class),
                new ActionHandler(DeleteCatalogAction.TYPE, DeleteCatalogAction.class),
                new ActionHandler(UpdateCatalogAction.TYPE, UpdateCatalogAction.class),
                new ActionHandler(EventsAction.TYPE, EventsAction.class),
                new ActionHandler(AwaitEventsAction.TYPE, AwaitEventsAction.class),
                new ActionHandler(PendingEventsAction.TYPE, PendingEventsAction.class),
                new ActionHandler(GetProfileAction.TYPE, GetProfileAction.class),
                new ActionHandler(PutProfileAction.TYPE, PutProfileAction.class),
                new ActionHandler(EraseProfileAction.TYPE, EraseProfileAction.class),
                new ActionHandler(ExportProfileAction.TYPE, ExportProfileAction.class),
                new ActionHandler(MergeProfilesAction.TYPE, MergeProfilesAction.class),
                new ActionHandler(RebuildProfilesAction.TYPE, RebuildProfilesAction.class),
                new ActionHandler(GetTagsAction.TYPE, GetTagsAction.class),
                new ActionHandler(PutTagsAction.TYPE, PutTagsAction.class),
                new ActionHandler(GatherSignalsAction.TYPE, GatherSignalsAction.class),
                new ActionHandler(TrainFactorsAction.TYPE, TrainFactorsAction.class),
                new ActionHandler(RecommendAction.TYPE, RecommendAction.class),
                new ActionHandler(TrainSegmentsAction.TYPE, TrainSegmentsAction.class),
                new ActionHandler(GetSegmentsAction.TYPE, GetSegmentsAction.class),
                new ActionHandler(PutSegmentAction.TYPE, PutSegmentAction.class),
                new ActionHandler(GetModelAction.TYPE, GetModelAction.class),
                new ActionHandler(TrainModelAction.TYPE, TrainModelAction.class),
                new ActionHandler(ReloadModelAction.TYPE, ReloadModelAction.class),
                new ActionHandler(StatsAction.TYPE, StatsAction.class),
                new ActionHandler(CatalogStatsAction.TYPE, CatalogStatsAction.class),
                new ActionHandler(InfoAction.TYPE, InfoAction.class));
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
            RestHandlersServices services,
            Supplier<DiscoveryNodes> nodes,
            Predicate<NodeFeature> features) {
        return RestSurface.calls();
    }

    @Override
    public List<RescorerSpec<?>> getRescorers() {
        return List.of(
                new RescorerSpec<>(
                        PersonalizeRescorerBuilder.NAME,
                        in -> new PersonalizeRescorerBuilder(in, personalizer.get()),
                        parser -> PersonalizeRescorerBuilder.parse(parser, personalizer.get())));
    }

    @Override
    public List<QueryVectorBuilderSpec<?>> getQueryVectorBuilders() {
        return List.of(
                new QueryVectorBuilderSpec<>(
                        InterestVectorBuilder.NAME,
                        in -> new InterestVectorBuilder(in, vectors.get()),
                        (parser, nothing) -> InterestVectorBuilder.parse(parser, vectors.get())));
    }

    @Override
    public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
        return List.of(
                new NamedWriteableRegistry.Entry(
                        Task.Status.class, JobTask.Status.NAME, JobTask.Status::new));
    }
}
