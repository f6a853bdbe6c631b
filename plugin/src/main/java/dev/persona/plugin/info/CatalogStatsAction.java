package dev.persona.plugin.info;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.NodeReport;
import dev.persona.plugin.json.NodesReport;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.AbstractTransportRequest;
import org.elasticsearch.transport.TransportService;

import java.io.IOException;
import java.util.List;

/** Counters and lag of one catalog on all nodes. */
public final class CatalogStatsAction
        extends TransportNodesAction<
                CatalogStatsAction.Request,
                NodesReport,
                CatalogStatsAction.NodeRequest,
                NodeReport,
                Void> {
    /** Its name. */
    public static final ActionType<NodesReport> TYPE =
            new ActionType<>("indices:monitor/persona/stats");

    private final Catalogs catalogs;
    private final NodeStats stats;

    /** Made by Elasticsearch. */
    @Inject
    public CatalogStatsAction(
            TransportService transportService,
            ClusterService clusterService,
            ActionFilters actionFilters,
            ThreadPool threadPool,
            Catalogs catalogs,
            NodeStats stats) {
        super(
                TYPE.name(),
                clusterService,
                transportService,
                actionFilters,
                NodeRequest::new,
                threadPool.executor(ThreadPool.Names.MANAGEMENT));
        this.catalogs = catalogs;
        this.stats = stats;
    }

    /** Which catalog. */
    public static final class Request extends BaseNodesRequest implements IndicesRequest {
        private final String catalog;

        /** For all nodes. */
        public Request(String catalog) {
            super(new String[0]);
            this.catalog = catalog;
        }

        @Override
        public String[] indices() {
            return new String[] {catalog};
        }

        @Override
        public IndicesOptions indicesOptions() {
            return IndicesOptions.STRICT_SINGLE_INDEX_NO_EXPAND_FORBID_CLOSED;
        }
    }

    /** Asks one node. */
    public static final class NodeRequest extends AbstractTransportRequest
            implements IndicesRequest {
        private final String catalog;

        NodeRequest(String catalog) {
            this.catalog = catalog;
        }

        /** Reads what {@link #writeTo} wrote. */
        public NodeRequest(StreamInput in) throws IOException {
            super(in);
            this.catalog = in.readString();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeString(catalog);
        }

        @Override
        public String[] indices() {
            return new String[] {catalog};
        }

        @Override
        public IndicesOptions indicesOptions() {
            return IndicesOptions.STRICT_SINGLE_INDEX_NO_EXPAND_FORBID_CLOSED;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NodeRequest that && catalog.equals(that.catalog);
        }

        @Override
        public int hashCode() {
            return catalog.hashCode();
        }
    }

    @Override
    protected void doExecute(Task task, Request request, ActionListener<NodesReport> listener) {
        catalogs.get(request.catalog);
        super.doExecute(task, request, listener);
    }

    @Override
    protected NodeRequest newNodeRequest(Request request) {
        return new NodeRequest(request.catalog);
    }

    @Override
    protected NodeReport newNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
        return new NodeReport(in, node);
    }

    @Override
    protected NodeReport nodeOperation(NodeRequest request, Task task) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", clusterService.localNode().getName());
        json.setAll(stats.of(request.catalog));
        return new NodeReport(clusterService.localNode(), json);
    }

    @Override
    protected NodesReport newResponse(
            Request request, List<NodeReport> nodes, List<FailedNodeException> failures) {
        return new NodesReport(
                clusterService.getClusterName(),
                JsonNodeFactory.instance.objectNode().put("catalog", request.catalog),
                nodes,
                failures);
    }
}
