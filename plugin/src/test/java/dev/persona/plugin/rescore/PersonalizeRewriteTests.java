package dev.persona.plugin.rescore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.model.LoadedModels;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.ranking.feature.FeatureSet;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.MockResolvedIndices;
import org.elasticsearch.action.OriginalIndices;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.Metadata;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.project.TestProjectResolvers;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.index.get.GetResult;
import org.elasticsearch.index.query.DataRewriteContext;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.Rewriteable;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.test.ClusterServiceUtils;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.After;
import org.junit.Before;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what a caller says to what a shard can work with, without a cluster. */
public class PersonalizeRewriteTests extends ESTestCase {
    private static final long NOW = 1_767_261_612_345L;
    private static final long THIS_MINUTE = 1_767_261_600_000L;
    private static final String PROFILE =
            "{\"profile\": {}, \"generations\": {\"a\": 3}, \"interest_a\": [0.5, -2]}";

    private TestThreadPool threadPool;
    private ClusterService clusterService;
    private StoredDocuments client;
    private Personalizer personalizer;

    /** Answers GETs from a map, and takes down which were sent. */
    private static final class StoredDocuments extends NoOpClient {
        private final Map<String, String> documents = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        StoredDocuments(TestThreadPool threadPool) {
            super(threadPool);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
                ActionType<R> action, Q request, ActionListener<R> listener) {
            if (!(request instanceof GetRequest get)) {
                // No follower is here to be asked.
                listener.onFailure(new UnsupportedOperationException(action.name()));
                return;
            }
            String name = get.index() + "/" + get.id();
            asked.add(name);
            String source = documents.get(name);
            listener.onResponse(
                    (R)
                            new GetResponse(
                                    new GetResult(
                                            get.index(),
                                            get.id(),
                                            source == null ? -2 : 1,
                                            source == null ? 0 : 1,
                                            1,
                                            source != null,
                                            source == null ? null : new BytesArray(source),
                                            Map.of(),
                                            Map.of())));
        }
    }

    @Before
    public void makeAShop() {
        threadPool = new TestThreadPool(getTestName());
        clusterService = ClusterServiceUtils.createClusterService(threadPool);
        client = new StoredDocuments(threadPool);
        Catalogs catalogs = new Catalogs(clusterService, TestProjectResolvers.DEFAULT_PROJECT_ONLY);
        Memory memory = Memory.of(new NoopCircuitBreaker(Memory.NAME));
        personalizer =
                new Personalizer(
                        catalogs,
                        new LoadedModels(
                                client, catalogs, memory, EsExecutors.DIRECT_EXECUTOR_SERVICE),
                        new InterestVectors(
                                new LoadedGenerations(
                                        client,
                                        catalogs,
                                        memory,
                                        EsExecutors.DIRECT_EXECUTOR_SERVICE),
                                EsExecutors.DIRECT_EXECUTOR_SERVICE),
                        Pseudonyms.NONE);
        Map<String, String> registered =
                Map.of("settings", "{}", "factors.generation", "3", "factors.slot", "a");
        ProjectMetadata.Builder project = ProjectMetadata.builder(Metadata.DEFAULT_PROJECT_ID);
        Stream.of("products", "other", "persona-state-products")
                .forEach(name -> project.put(index(name)));
        Map<String, String> custom = new HashMap<>(registered);
        custom.putAll(Catalog.activate("default", 5));
        project.put(index("persona-profiles-products").putCustom("persona", custom));
        ClusterServiceUtils.setState(
                clusterService,
                ClusterState.builder(clusterService.state()).putProjectMetadata(project));
        client.documents.put("persona-state-products/model-5-default", model());
    }

    private static IndexMetadata.Builder index(String name) {
        return IndexMetadata.builder(name).settings(indexSettings(IndexVersion.current(), 1, 0));
    }

    private static String model() {
        FeatureSet features =
                FeatureSet.parse(
                        Json.readText("[{\"name\": \"score\", \"source\": \"first_pass_score\"}]"));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "model").put("model", "default").put("version", 5);
        json.set("feature_set", features.toJson());
        json.put("text", new Forest(features, List.of(new Forest.Stump(0, 1, 0, 1))).text());
        return json.toString();
    }

    @After
    public void closeTheShop() {
        clusterService.close();
        terminate(threadPool);
    }

    private PersonalizeRescorerBuilder parse(String json) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
            return PersonalizeRescorerBuilder.parse(parser, personalizer);
        }
    }

    private QueryRewriteContext onCoordinator(String... indices) {
        ProjectMetadata project =
                clusterService.state().metadata().getProject(Metadata.DEFAULT_PROJECT_ID);
        return new QueryRewriteContext(
                parserConfig(),
                client,
                () -> NOW,
                null,
                null,
                new MockResolvedIndices(
                        Map.of(),
                        new OriginalIndices(indices, IndicesOptions.DEFAULT),
                        Stream.of(indices)
                                .map(project::index)
                                .collect(Collectors.toMap(IndexMetadata::getIndex, one -> one))),
                null,
                null,
                null);
    }

    private static PersonalizeRescorerBuilder rewrite(
            PersonalizeRescorerBuilder builder, QueryRewriteContext context) {
        PlainActionFuture<RescorerBuilder<PersonalizeRescorerBuilder>> done =
                new PlainActionFuture<>();
        Rewriteable.<RescorerBuilder<PersonalizeRescorerBuilder>>rewriteAndFetch(
                builder, context, done);
        return (PersonalizeRescorerBuilder) done.actionGet(SAFE_AWAIT_TIMEOUT);
    }

    public void testTheCoordinatorFindsOutOnceWhatAllShardsUse() throws IOException {
        client.documents.put("persona-profiles-products/u1", PROFILE);

        PersonalizeRescorerBuilder resolved =
                rewrite(parse("{\"user\": \"u1\"}"), onCoordinator("products"));
        PersonalizeRescorerBuilder again = rewrite(resolved, onCoordinator("products"));

        assertEquals(
                new Personalization(
                        "products",
                        5,
                        Optional.of(new Catalog.Generation(3, "a")),
                        new float[] {0.5f, -2},
                        new BytesArray(PROFILE),
                        THIS_MINUTE),
                resolved.resolved().orElseThrow());
        assertSame(resolved, again);
        // The generation cannot be had, so the vector is the stored one.
        assertEquals(
                List.of("persona-profiles-products/u1", "persona-state-products/factors-3"),
                client.asked);
    }

    public void testADataNodeLoadsTheModelOnceAndKeepsIt() throws IOException {
        client.documents.put("persona-profiles-products/u1", PROFILE);
        PersonalizeRescorerBuilder resolved =
                rewrite(parse("{\"user\": \"u1\"}"), onCoordinator("products"));
        client.asked.clear();

        PersonalizeRescorerBuilder ready = rewrite(resolved, onDataNode());
        rewrite(resolved, onDataNode());

        assertEquals(List.of("persona-state-products/model-5-default"), client.asked);
        assertSame(ready, rewrite(ready, onDataNode()));
        assertEquals(resolved, ready);
    }

    private DataRewriteContext onDataNode() {
        return new DataRewriteContext(parserConfig(), client, () -> NOW);
    }

    public void testTheWindowIsKeptThroughAllRewrites() throws IOException {
        int window = between(1, 10_000);
        client.documents.put("persona-profiles-products/u1", PROFILE);

        PersonalizeRescorerBuilder resolved =
                rewrite(parse("{\"user\": \"u1\"}").windowSize(window), onCoordinator("products"));
        PersonalizeRescorerBuilder ready = rewrite(resolved, onDataNode());

        assertEquals(Integer.valueOf(window), resolved.windowSize());
        assertEquals(Integer.valueOf(window), ready.windowSize());
    }

    public void testWithoutAProfileNoModelIsLoaded() throws IOException {
        PersonalizeRescorerBuilder resolved =
                rewrite(parse("{\"user\": \"nobody\"}"), onCoordinator("products"));
        rewrite(resolved, onDataNode());

        assertFalse(resolved.resolved().orElseThrow().hasProfile());
        assertEquals(List.of("persona-profiles-products/nobody"), client.asked);
    }

    public void testASearchThatAsksForAProfileFailsWithoutOne() throws IOException {
        PersonalizeRescorerBuilder builder =
                parse("{\"user\": \"nobody\", \"missing_profile\": \"fail\"}");

        ResourceNotFoundException e =
                expectThrows(
                        ResourceNotFoundException.class,
                        () -> rewrite(builder, onCoordinator("products")));

        assertEquals("user [nobody] has no profile in [products]", e.getMessage());
    }

    public void testAModelThatIsNotThereIsNotFound() throws IOException {
        PersonalizeRescorerBuilder builder = parse("{\"user\": \"u1\", \"model\": \"best\"}");

        ResourceNotFoundException e =
                expectThrows(
                        ResourceNotFoundException.class,
                        () -> rewrite(builder, onCoordinator("products")));

        assertTrue(e.getMessage(), e.getMessage().contains("[best], it has [default]"));
    }

    public void testAnIndexThatIsNoCatalogIsNamed() throws IOException {
        PersonalizeRescorerBuilder builder = parse("{\"user\": \"u1\"}");

        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> rewrite(builder, onCoordinator("products", "other")));

        assertEquals(
                "[personalize] needs a registered catalog, [other] is none; register it with PUT"
                        + " /other/_persona",
                e.getMessage());
    }
}
