package dev.persona.plugin.catalog;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.block.ClusterBlockException;
import org.elasticsearch.cluster.block.ClusterBlocks;
import org.elasticsearch.cluster.project.TestProjectResolvers;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.gateway.GatewayService;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ClusterServiceUtils;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.threadpool.ThreadPool;

public class CatalogsTests extends ESTestCase {
    public void testANodeWithoutTheClustersStateSaysTryAgainRatherThanNotRegistered() {
        ThreadPool threadPool = new TestThreadPool(getTestName());
        try (ClusterService clusterService = ClusterServiceUtils.createClusterService(threadPool)) {
            Catalogs catalogs =
                    new Catalogs(clusterService, TestProjectResolvers.DEFAULT_PROJECT_ONLY);
            expectThrows(ResourceNotFoundException.class, () -> catalogs.get("products"));

            ClusterServiceUtils.setState(
                    clusterService,
                    ClusterState.builder(clusterService.state())
                            .blocks(
                                    ClusterBlocks.builder()
                                            .addGlobalBlock(
                                                    GatewayService.STATE_NOT_RECOVERED_BLOCK))
                            .build());

            ClusterBlockException e =
                    expectThrows(ClusterBlockException.class, () -> catalogs.get("products"));
            assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
        } finally {
            terminate(threadPool);
        }
    }
}
