package dev.persona.plugin.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/** What one node answers to a call that goes to all nodes: a JSON object. */
public final class NodeReport extends BaseNodeResponse {
    private final BytesReference json;

    /** The answer of a node. */
    public NodeReport(DiscoveryNode node, ObjectNode json) {
        super(node);
        this.json = new BytesArray(Json.bytes(json));
    }

    /** Reads what {@link #writeTo} wrote. */
    public NodeReport(StreamInput in, DiscoveryNode node) throws IOException {
        super(in, node);
        this.json = in.readBytesReference();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeBytesReference(json);
    }

    /** The object. */
    public JsonNode json() {
        return Json.readStored(json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeReport that
                && getNode().equals(that.getNode())
                && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getNode(), json);
    }
}
