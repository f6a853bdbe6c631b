package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.security.Role;
import dev.persona.plugin.security.RolesPlugin;

import org.apache.logging.log4j.Level;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.common.settings.MockSecureSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.test.InternalTestCluster;
import org.elasticsearch.test.MockLog;
import org.junit.After;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What happens under security while the plugin has no key of its own, and when it gets one. */
@ESIntegTestCase.ClusterScope(
        scope = ESIntegTestCase.Scope.TEST,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class OwnKeyClusterTests extends PersonaClusterTestCase {
    private static final String OWN = "persona_own";
    private static final String SHOP = "shop";
    private static final String FOLLOWER = "dev.persona.plugin.follower.ProfileFollower";

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(RolesPlugin.class);
        return plugins;
    }

    @After
    public void relax() {
        RolesPlugin.relax();
    }

    /** The shop may do everything, the plugin what concerns its own indices. */
    private static void enforce() {
        RolesPlugin.enforce(Map.of(SHOP, role("*", "*"), OWN, role("persona-*", "indices:data/*")));
    }

    private static Role role(String index, String privilege) {
        return Role.read(
                Json.readText(
                        """
                        {"cluster": ["cluster:*"],
                         "indices": [{"names": ["%s"], "privileges": ["%s"]}]}
                        """
                                .formatted(index, privilege)));
    }

    private static JsonNode shop(String method, String path, String body) throws IOException {
        Request request = new Request(method, path);
        if (!body.isEmpty()) {
            request.setJsonEntity(body);
        }
        request.setOptions(
                RequestOptions.DEFAULT.toBuilder().addHeader("Authorization", "ApiKey " + SHOP));
        return ok(call(getRestClient(), request));
    }

    private static JsonNode take(ObjectNode event) throws IOException {
        return shop("POST", "/products/_persona/events", event.toString()).at("/items/0/result");
    }

    private static ObjectNode click(int number) {
        return event("c" + number, "u1", "click", "p1", System.currentTimeMillis());
    }

    private static JsonNode follower() throws IOException {
        return shop("GET", "/products/_persona", "").at("/state/followers/0");
    }

    public void testWithoutAKeyEventsAreTakenAndProfilesWait() throws Exception {
        createProducts("products", 1);
        putProduct("products", "p1", "acme", 10);
        enforce();
        shop("PUT", "/products/_persona", settings(4).toString());
        try (MockLog log = MockLog.capture(FOLLOWER)) {
            log.addExpectation(
                    new MockLog.SeenEventExpectation(
                            "why profiles wait",
                            FOLLOWER,
                            Level.WARN,
                            "profiles of [products] cannot be kept up*may not*"));
            assertEquals("created", take(click(1)).asText());
            assertEquals("created", take(click(2)).asText());
            assertBusy(log::assertAllExpectationsMatched, 20, TimeUnit.SECONDS);
        }
        assertEquals("duplicate", take(click(2)).asText());
        assertEquals(2, follower().path("operations_behind").asInt());
        assertFalse(RolesPlugin.refusedWithoutRole().isEmpty());

        RolesPlugin.relax();
        internalCluster()
                .fullRestart(
                        new InternalTestCluster.RestartCallback() {
                            @Override
                            public Settings onNodeStopped(String node) {
                                MockSecureSettings secrets = new MockSecureSettings();
                                secrets.setString("persona.own.api_key", OWN);
                                return Settings.builder().setSecureSettings(secrets).build();
                            }
                        });
        ensureGreen();
        enforce();
        assertBusy(() -> assertEquals(0, follower().path("operations_behind").asInt(-1)));
        assertEquals(
                2,
                shop("GET", "/products/_persona/profiles/u1", "")
                        .at("/profile/events/click/total")
                        .asInt());
        assertEquals(Map.of(), RolesPlugin.refusedWithoutRole());
    }
}
