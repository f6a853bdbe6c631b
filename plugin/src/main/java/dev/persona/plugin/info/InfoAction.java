package dev.persona.plugin.info;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.NodeReport;
import dev.persona.plugin.json.NodesReport;
import dev.persona.plugin.model.LoadedModels;
import dev.persona.profiling.factorization.AlternatingLeastSquares;
import dev.persona.profiling.factorization.Blas;
import dev.persona.ranking.model.LightGbm;

import org.elasticsearch.Build;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.AbstractTransportRequest;
import org.elasticsearch.transport.TransportService;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Says which version runs, which native libraries work on each node, and which models it holds. */
public final class InfoAction
        extends TransportNodesAction<
                InfoAction.Request, NodesReport, InfoAction.NodeRequest, NodeReport, Void> {
    /** Its name. */
    public static final ActionType<NodesReport> TYPE =
            new ActionType<>("cluster:monitor/persona/info");

    private final Blas blas;
    private final LoadedModels models;
    private final PluginVersion version;

    /** Made by Elasticsearch. */
    @Inject
    public InfoAction(
            TransportService transportService,
            ClusterService clusterService,
            ActionFilters actionFilters,
            ThreadPool threadPool,
            Blas blas,
            LoadedModels models,
            PluginVersion version) {
        super(
                TYPE.name(),
                clusterService,
                transportService,
                actionFilters,
                NodeRequest::new,
                threadPool.executor(ThreadPool.Names.MANAGEMENT));
        this.blas = blas;
        this.models = models;
        this.version = version;
    }

    /** Asks all nodes. */
    public static final class Request extends BaseNodesRequest {
        /** For all nodes. */
        public Request() {
            super(new String[0]);
        }
    }

    /** Asks one node. */
    public static final class NodeRequest extends AbstractTransportRequest {
        NodeRequest() {}

        /** Reads what {@link #writeTo} wrote. */
        public NodeRequest(StreamInput in) throws IOException {
            super(in);
        }

        /** It asks for nothing in particular, so all are alike. */
        @Override
        public boolean equals(Object other) {
            return other instanceof NodeRequest;
        }

        @Override
        public int hashCode() {
            return NodeRequest.class.hashCode();
        }
    }

    @Override
    protected NodeRequest newNodeRequest(Request request) {
        return new NodeRequest();
    }

    @Override
    protected NodeReport newNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
        return new NodeReport(in, node);
    }

    @Override
    protected NodeReport nodeOperation(NodeRequest request, Task task) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", clusterService.localNode().getName());
        json.put("version", version.value());
        json.set("blas", library(blas.library(), blas.problem()));
        json.put("vector_api", AlternatingLeastSquares.isVectorized());
        json.set("lightgbm", library("lightgbm4j", LightGbm.problem()));
        ArrayNode loaded = json.putArray("models");
        for (LoadedModels.Loaded model : models.all()) {
            ObjectNode entry = loaded.addObject();
            entry.put("catalog", model.catalog());
            entry.put("model", model.model());
            entry.put("version", model.version());
            entry.put("bytes", model.bytes());
        }
        return new NodeReport(clusterService.localNode(), json);
    }

    private static ObjectNode library(String name, Optional<String> problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("library", name);
        json.put("loaded", problem.isEmpty());
        problem.ifPresent(reason -> json.put("reason", reason));
        return json;
    }

    @Override
    protected NodesReport newResponse(
            Request request, List<NodeReport> nodes, List<FailedNodeException> failures) {
        ObjectNode cluster = JsonNodeFactory.instance.objectNode();
        cluster.put("version", version.value());
        cluster.put("elasticsearch", Build.current().version());
        return new NodesReport(clusterService.getClusterName(), cluster, nodes, failures);
    }
}
