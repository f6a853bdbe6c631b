package dev.persona.plugin.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.action.support.nodes.BaseNodesResponse;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;

import java.io.IOException;
import java.util.List;

/** What all nodes answered, under their ids, after fields that hold for the cluster. */
public final class NodesReport extends BaseNodesResponse<NodeReport> implements ToXContentFragment {
    private final ObjectNode cluster;

    /**
     * The answers.
     *
     * @param cluster fields that hold for the cluster
     */
    public NodesReport(
            ClusterName name,
            ObjectNode cluster,
            List<NodeReport> nodes,
            List<FailedNodeException> failures) {
        super(name, nodes, failures);
        this.cluster = cluster;
    }

    @Override
    protected List<NodeReport> readNodesFrom(StreamInput in) {
        return TransportAction.localOnly();
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeReport> nodes) {
        TransportAction.localOnly();
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        for (var field : cluster.properties()) {
            builder.field(field.getKey(), field.getValue().asText());
        }
        builder.startObject("nodes");
        for (NodeReport node : getNodes()) {
            builder.field(node.getNode().getId());
            copy(builder, node);
        }
        return builder.endObject();
    }

    private static void copy(XContentBuilder builder, NodeReport node) throws IOException {
        try (XContentParser parser =
                XContentHelper.createParserNotCompressed(
                        XContentParserConfiguration.EMPTY,
                        new BytesArray(Json.bytes(node.json())),
                        XContentType.JSON)) {
            parser.nextToken();
            builder.copyCurrentStructure(parser);
        }
    }
}
