package dev.persona.plugin.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.NodeReport;
import dev.persona.plugin.json.NodesReport;
import dev.persona.plugin.json.Unavailable;
import dev.persona.ranking.model.LightGbm;
import dev.persona.ranking.model.LightGbmUnavailableException;

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
import java.util.Objects;

/** Has every node load the active version of a ranking model now, and says what each holds. */
public final class ReloadModelAction
        extends TransportNodesAction<
                ReloadModelAction.Request,
                NodesReport,
                ReloadModelAction.NodeRequest,
                NodeReport,
                Void> {
    /** Its name. */
    public static final ActionType<NodesReport> TYPE =
            new ActionType<>("indices:admin/persona/model/reload");

    private final Catalogs catalogs;
    private final LoadedModels models;

    /** Made by Elasticsearch. */
    @Inject
    public ReloadModelAction(
            TransportService transportService,
            ClusterService clusterService,
            ActionFilters actionFilters,
            ThreadPool threadPool,
            Catalogs catalogs,
            LoadedModels models) {
        super(
                TYPE.name(),
                clusterService,
                transportService,
                actionFilters,
                NodeRequest::new,
                threadPool.executor(ThreadPool.Names.MANAGEMENT));
        this.catalogs = catalogs;
        this.models = models;
    }

    /** Which model of which catalog. */
    public static final class Request extends BaseNodesRequest implements IndicesRequest {
        private final String catalog;
        private final String model;

        /** For all nodes. */
        public Request(String catalog, String model) {
            super(new String[0]);
            this.catalog = catalog;
            this.model = model;
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

    /** What one node is to load. */
    public static final class NodeRequest extends AbstractTransportRequest
            implements IndicesRequest {
        final String catalog;
        final String model;
        final int version;

        NodeRequest(String catalog, String model, int version) {
            this.catalog = catalog;
            this.model = model;
            this.version = version;
        }

        /** Reads what {@link #writeTo} wrote. */
        public NodeRequest(StreamInput in) throws IOException {
            super(in);
            this.catalog = in.readString();
            this.model = in.readString();
            this.version = in.readVInt();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeString(catalog);
            out.writeString(model);
            out.writeVInt(version);
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
            return other instanceof NodeRequest that
                    && catalog.equals(that.catalog)
                    && model.equals(that.model)
                    && version == that.version;
        }

        @Override
        public int hashCode() {
            return Objects.hash(catalog, model, version);
        }
    }

    @Override
    protected void doExecute(Task task, Request request, ActionListener<NodesReport> listener) {
        try {
            LightGbm.require();
        } catch (LightGbmUnavailableException e) {
            throw Unavailable.because(e);
        }
        activeVersion(request);
        super.doExecute(task, request, listener);
    }

    private int activeVersion(Request request) {
        return catalogs.get(request.catalog).requireActiveVersion(request.model);
    }

    @Override
    protected NodeRequest newNodeRequest(Request request) {
        return new NodeRequest(request.catalog, request.model, activeVersion(request));
    }

    @Override
    protected NodeReport newNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
        return new NodeReport(in, node);
    }

    @Override
    protected NodeReport nodeOperation(NodeRequest request, Task task) {
        throw new UnsupportedOperationException("loading is asynchronous");
    }

    @Override
    protected void nodeOperationAsync(
            NodeRequest request, Task task, ActionListener<NodeReport> listener) {
        models.reload(
                request.catalog,
                request.model,
                request.version,
                listener.map(
                        loaded -> {
                            ObjectNode json = JsonNodeFactory.instance.objectNode();
                            json.put("name", clusterService.localNode().getName());
                            json.put("model", request.model);
                            json.put("version", request.version);
                            json.put("bytes", loaded.bytes());
                            return new NodeReport(clusterService.localNode(), json);
                        }));
    }

    @Override
    protected NodesReport newResponse(
            Request request, List<NodeReport> nodes, List<FailedNodeException> failures) {
        return new NodesReport(
                clusterService.getClusterName(),
                JsonNodeFactory.instance.objectNode(),
                nodes,
                failures);
    }
}
