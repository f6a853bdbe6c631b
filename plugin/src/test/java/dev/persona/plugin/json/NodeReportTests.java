package dev.persona.plugin.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodeUtils;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.util.List;

public class NodeReportTests extends AbstractWireSerializingTestCase<NodeReport> {
    @Override
    protected Writeable.Reader<NodeReport> instanceReader() {
        return in -> new NodeReport(in, null);
    }

    @Override
    protected NodeReport createTestInstance() {
        return new NodeReport(node(), object(between(0, 1000)));
    }

    private static DiscoveryNode node() {
        return DiscoveryNodeUtils.create(randomUUID());
    }

    private static ObjectNode object(int bytes) {
        return JsonNodeFactory.instance.objectNode().put("bytes", bytes);
    }

    @Override
    protected NodeReport mutateInstance(NodeReport report) {
        return randomBoolean()
                ? new NodeReport(node(), object(report.json().path("bytes").asInt()))
                : new NodeReport(report.getNode(), object(1001));
    }

    public void testReportsAreShownUnderTheIdsOfTheirNodesAfterTheCluster() {
        NodeReport one = new NodeReport(node(), object(1));
        NodeReport two = new NodeReport(node(), object(2));
        ObjectNode cluster = JsonNodeFactory.instance.objectNode().put("version", "0.1.0");

        String shown =
                Strings.toString(
                        new NodesReport(
                                ClusterName.DEFAULT, cluster, List.of(one, two), List.of()));

        ObjectNode expected = cluster.deepCopy();
        expected.putObject("nodes")
                .<ObjectNode>set(one.getNode().getId(), one.json())
                .set(two.getNode().getId(), two.json());
        assertEquals(expected, Json.readText(shown));
    }
}
