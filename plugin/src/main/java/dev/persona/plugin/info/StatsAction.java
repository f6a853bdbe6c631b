package dev.persona.plugin.info;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.NodeReport;
import dev.persona.plugin.json.NodesReport;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.io.IOException;
import java.util.List;

/** Counters, lag and memory of all catalogs on all nodes. */
public final class StatsAction
        extends TransportNodesAction<
                InfoAction.Request, NodesReport, InfoAction.NodeRequest, NodeReport, Void> {
    /** Its name. */
    public static final ActionType<NodesReport> TYPE =
            new ActionType<>("cluster:monitor/persona/stats");

    private final NodeStats stats;

    /** Made by Elasticsearch. */
    @Inject
    public StatsAction(
            TransportService transportService,
            ClusterService clusterService,
            ActionFilters actionFilters,
            ThreadPool threadPool,
            NodeStats stats) {
        super(
                TYPE.name(),
                clusterService,
                transportService,
                actionFilters,
                InfoAction.NodeRequest::new,
                threadPool.executor(ThreadPool.Names.MANAGEMENT));
        this.stats = stats;
    }

    @Override
    protected InfoAction.NodeRequest newNodeRequest(InfoAction.Request request) {
        return new InfoAction.NodeRequest();
    }

    @Override
    protected NodeReport newNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
        return new NodeReport(in, node);
    }

    @Override
    protected NodeReport nodeOperation(InfoAction.NodeRequest request, Task task) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", clusterService.localNode().getName());
        json.set("catalogs", stats.all());
        return new NodeReport(clusterService.localNode(), json);
    }

    @Override
    protected NodesReport newResponse(
            InfoAction.Request request, List<NodeReport> nodes, List<FailedNodeException> failed) {
        return new NodesReport(
                clusterService.getClusterName(),
                JsonNodeFactory.instance.objectNode(),
                nodes,
                failed);
    }
}
