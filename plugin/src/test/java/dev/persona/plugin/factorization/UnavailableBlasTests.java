package dev.persona.plugin.factorization;

import dev.persona.plugin.PersonaPlugin;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.task.JobRequest;
import dev.persona.profiling.factorization.Blas;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.ActionTestUtils;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.project.TestProjectResolvers;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.ClusterServiceUtils;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.MockUtils;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.Map;
import java.util.Set;

public class UnavailableBlasTests extends ESTestCase {
    public void testATrainingIsAnsweredWithTheReasonWhyThereIsNoBlas() {
        ThreadPool threadPool =
                new TestThreadPool(
                        getTestName(),
                        new PersonaPlugin()
                                .getExecutorBuilders(Settings.EMPTY)
                                .toArray(ExecutorBuilder<?>[]::new));
        try (ClusterService clusterService = ClusterServiceUtils.createClusterService(threadPool)) {
            TrainFactorsAction action =
                    new TrainFactorsAction(
                            MockUtils.setupTransportServiceWithThreadpoolExecutor(),
                            new ActionFilters(Set.of()),
                            new NoOpClient(threadPool),
                            clusterService,
                            threadPool,
                            new Catalogs(clusterService, TestProjectResolvers.DEFAULT_PROJECT_ONLY),
                            Blas.unavailable("libgfortran.so.5 is not here"),
                            new Memory());
            JobRequest request = new JobRequest("products", "", BytesArray.EMPTY);
            PlainActionFuture<JsonResponse> answer = new PlainActionFuture<>();

            ActionTestUtils.execute(
                    action,
                    request.createTask(1, "", "", TaskId.EMPTY_TASK_ID, Map.of()),
                    request,
                    answer);

            ElasticsearchStatusException e =
                    expectThrows(
                            ElasticsearchStatusException.class,
                            () -> answer.actionGet(SAFE_AWAIT_TIMEOUT));
            assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
            assertTrue(e.getMessage(), e.getMessage().contains("libgfortran.so.5 is not here"));
        } finally {
            terminate(threadPool);
        }
    }
}
