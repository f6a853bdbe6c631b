package dev.persona.plugin.info;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.model.LoadedModels;
import dev.persona.profiling.factorization.Blas;

import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.cluster.project.TestProjectResolvers;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.test.ClusterServiceUtils;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.MockUtils;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.Set;

public class InfoActionTests extends ESTestCase {
    public void testANodeWithoutBlasSaysWhy() {
        ThreadPool threadPool = new TestThreadPool(getTestName());
        try (ClusterService clusterService = ClusterServiceUtils.createClusterService(threadPool)) {
            Catalogs catalogs =
                    new Catalogs(clusterService, TestProjectResolvers.DEFAULT_PROJECT_ONLY);
            InfoAction action =
                    new InfoAction(
                            MockUtils.setupTransportServiceWithThreadpoolExecutor(),
                            clusterService,
                            new ActionFilters(Set.of()),
                            threadPool,
                            Blas.unavailable("libgfortran.so.5 is not here"),
                            new LoadedModels(
                                    new NoOpClient(threadPool),
                                    catalogs,
                                    Memory.of(new NoopCircuitBreaker(Memory.NAME)),
                                    EsExecutors.DIRECT_EXECUTOR_SERVICE),
                            new PluginVersion("1.2.3"));

            JsonNode node = action.nodeOperation(new InfoAction.NodeRequest(), null).json();

            assertEquals(
                    Json.readText(
                            "{\"library\": \"jblas\", \"loaded\": false,"
                                    + " \"reason\": \"libgfortran.so.5 is not here\"}"),
                    node.path("blas"));
            assertEquals("1.2.3", node.path("version").asText());
            assertEquals(Json.readText("[]"), node.path("models"));
        } finally {
            terminate(threadPool);
        }
    }
}
