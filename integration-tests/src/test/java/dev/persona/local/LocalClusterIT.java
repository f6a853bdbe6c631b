package dev.persona.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes that every other end-to-end test stands on. */
class LocalClusterIT {

    @Test
    void threeNodesFormAClusterThatSurvivesAKilledNodeAndEndsWithItsOwner() throws IOException {
        List<Long> pids = new ArrayList<>();
        Path home;
        try (LocalCluster cluster = LocalCluster.builder().nodes(3).start()) {
            home = cluster.home().path();
            for (int i = 0; i < 3; i++) {
                assertEquals(3, health(cluster, i).path("number_of_nodes").asInt());
                assertPluginOnEachOf(3, cluster.client(i).call("GET", "/_nodes/plugins", null));
                assertTrue(Files.readString(cluster.log(i)).contains("Bootstrapping Entitlements"));
                pids.add(cluster.pid(i));
            }
            cluster.client(0).call("PUT", "/things/_doc/1?refresh=true", "{\"name\": \"lantern\"}");

            cluster.kill(1);
            assertFalse(cluster.alive(1));
            cluster.restart(1);

            assertTrue(cluster.alive(1));
            assertFalse(pids.contains(cluster.pid(1)));
            pids.add(cluster.pid(1));
            JsonNode found = cluster.client(1).call("GET", "/things/_doc/1", null);
            assertEquals("lantern", found.at("/_source/name").asText());
        }
        for (long pid : pids) {
            // What has ended but was not yet asked about has no command line.
            assertEquals(
                    Optional.empty(),
                    ProcessHandle.of(pid).flatMap(process -> process.info().commandLine()));
        }
        assertFalse(Files.exists(home));
    }

    private static JsonNode health(LocalCluster cluster, int node) {
        return cluster.client(node).call("GET", "/_cluster/health", null);
    }

    private static void assertPluginOnEachOf(int count, JsonNode info) {
        int installed = 0;
        for (JsonNode node : info.path("nodes")) {
            for (JsonNode plugin : node.path("plugins")) {
                if (plugin.path("name").asText().equals("persona")) {
                    assertEquals(Checkout.version(), plugin.path("version").asText());
                    installed++;
                }
            }
        }
        assertEquals(count, installed, info.toString());
    }

    @Test
    void thePluginCanBeChangedBeforeANodeSeesIt() {
        LocalClusterException failure =
                assertThrows(
                        LocalClusterException.class,
                        () ->
                                LocalCluster.builder()
                                        .changePlugin(LocalClusterIT::withoutDescriptor)
                                        .start());
        assertTrue(
                failure.getMessage().contains("Plugin [persona] is missing a descriptor"),
                failure.getMessage());
    }

    private static void withoutDescriptor(Path plugin) {
        try {
            Files.delete(plugin.resolve("plugin-descriptor.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aNodeThatDoesNotStartIsReportedWithTheEndOfItsLog() {
        LocalClusterException failure =
                assertThrows(
                        LocalClusterException.class,
                        () -> LocalCluster.builder().setting("no.such.setting", 1).start());
        assertTrue(failure.getMessage().contains("node-0 ended while it started"));
        assertTrue(
                failure.getMessage().contains("unknown setting [no.such.setting]"),
                failure.getMessage());
    }
}
