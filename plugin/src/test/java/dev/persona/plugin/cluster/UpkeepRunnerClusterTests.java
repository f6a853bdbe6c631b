package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import org.elasticsearch.cluster.metadata.Metadata;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.test.ESIntegTestCase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** With an hour from one run to the next, as shipped: nobody waits that long for what is due. */
@ESIntegTestCase.ClusterScope(
        scope = ESIntegTestCase.Scope.TEST,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class UpkeepRunnerClusterTests extends PersonaClusterTestCase {
    private static final String SHOP = "/products/_persona";
    private static final int PATIENCE = 60;

    private static String nodeOfPrimary() {
        var state = internalCluster().clusterService().state();
        ShardRouting primary =
                state.routingTable(Metadata.DEFAULT_PROJECT_ID)
                        .index("persona-events-products")
                        .shard(0)
                        .primaryShard();
        return state.nodes().get(primary.currentNodeId()).getName();
    }

    /** Names of the nodes that say they do the upkeep, once each has run. */
    private static List<String> keepers() throws IOException {
        List<String> names = new ArrayList<>();
        ok(call("GET", SHOP + "/stats"))
                .path("nodes")
                .forEach(
                        node -> {
                            if (node.at("/upkeep/runs").asLong() > 0) {
                                names.add(node.path("name").asText());
                            }
                        });
        return names;
    }

    private void assertFoundByTag(String tag) throws Exception {
        ok(
                call(
                        "PUT",
                        SHOP + "/tags",
                        "{\"tags\": {\"%s\": {\"when\": {\"field\": \"sessions\", \"gte\": 0}}}}"
                                .formatted(tag)));
        assertBusy(
                () -> {
                    refresh("persona-profiles-products");
                    JsonNode found =
                            ok(call("GET", "/persona-profiles-products/_search?q=tags:" + tag));
                    assertEquals(1, found.at("/hits/total/value").asInt());
                },
                PATIENCE,
                TimeUnit.SECONDS);
    }

    public void testTheNodeOfTheEventsRunsShortlyAndWithNewRulesAndAnotherGoesOn()
            throws Exception {
        createProducts("products", 1);
        register("products", 8);
        send(
                "products",
                List.of(event("e1", "u1", "click", "p1", System.currentTimeMillis() - 1000)));
        awaitProfiles("products");
        ensureGreen();
        String first = nodeOfPrimary();

        assertBusy(() -> assertEquals(List.of(first), keepers()), PATIENCE, TimeUnit.SECONDS);
        assertFoundByTag("one");

        internalCluster().stopNode(first);
        assertBusy(() -> assertNotEquals(first, nodeOfPrimary()), PATIENCE, TimeUnit.SECONDS);
        String second = nodeOfPrimary();

        assertBusy(() -> assertEquals(List.of(second), keepers()), PATIENCE, TimeUnit.SECONDS);
        assertFoundByTag("two");
    }
}
