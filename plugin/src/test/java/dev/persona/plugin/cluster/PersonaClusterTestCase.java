package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.PersonaPlugin;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.factorization.Blas;

import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.common.network.NetworkModule;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.transport.netty4.Netty4Plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Two nodes with the plugin, spoken to as a shop does: by HTTP. */
@ESIntegTestCase.ClusterScope(
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public abstract class PersonaClusterTestCase extends ESIntegTestCase {
    static {
        // The nodes of a test have no plugin folder to find the gfortran files in; the first call
        // in a process decides.
        Blas.load(
                Optional.ofNullable(System.getProperty("persona.native.directory")).map(Path::of));
    }

    /** What a call was answered. */
    record Reply(int status, JsonNode json) {
        /** Reason of the error as a whole. */
        String reason() {
            return json.path("error").path("reason").asText();
        }
    }

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(PersonaPlugin.class, Netty4Plugin.class);
    }

    @Override
    protected boolean addMockHttpTransport() {
        return false;
    }

    @Override
    protected Settings nodeSettings(int ordinal, Settings otherSettings) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal, otherSettings))
                .put(NetworkModule.HTTP_TYPE_KEY, Netty4Plugin.NETTY_HTTP_TRANSPORT_NAME)
                .build();
    }

    static Reply call(String method, String path) throws IOException {
        return call(method, path, "");
    }

    static Reply call(String method, String path, String body) throws IOException {
        return call(getRestClient(), method, path, body);
    }

    static Reply call(RestClient client, String method, String path, String body)
            throws IOException {
        Request request = new Request(method, path);
        if (!body.isEmpty()) {
            request.setJsonEntity(body);
        }
        return call(client, request);
    }

    static Reply call(RestClient client, Request request) throws IOException {
        Response response;
        try {
            response = client.performRequest(request);
        } catch (ResponseException e) {
            response = e.getResponse();
        }
        return new Reply(
                response.getStatusLine().getStatusCode(),
                Json.readText(EntityUtils.toString(response.getEntity())));
    }

    static JsonNode ok(Reply reply) {
        assertEquals(reply.json().toString(), 200, reply.status());
        return reply.json();
    }

    static void assertRefused(int status, String why, Reply reply) {
        assertEquals(reply.json().toString(), status, reply.status());
        assertTrue(reply.json().toString(), reply.reason().contains(why));
    }

    /** Creates an empty product index. */
    static void createProducts(String index, int shards) throws IOException {
        ok(
                call(
                        "PUT",
                        "/" + index,
                        """
                        {"settings": {"number_of_shards": %s, "number_of_replicas": 0},
                         "mappings": {"properties": {
                            "title": {"type": "text"},
                            "category": {"type": "keyword"},
                            "brand": {"type": "keyword"},
                            "price": {"type": "double"},
                            "description": {"type": "text"},
                            "created_at": {"type": "date"}}}}
                        """
                                .formatted(shards)));
    }

    /** Registers an index with all its fields. */
    static void register(String catalog, int factors) throws IOException {
        JsonNode answer =
                ok(call("PUT", "/" + catalog + "/_persona", settings(factors).toString()));
        assertTrue(answer.path("acknowledged").asBoolean());
    }

    static ObjectNode settings(int factors) {
        return (ObjectNode)
                Json.readText(
                        """
                        {"fields": {"title": "title", "price": "price", "created_at": "created_at",
                                    "attributes": ["category", "brand"]}, "factors": %s}
                        """
                                .formatted(factors));
    }

    static void putProduct(String index, String id, String brand, double price) throws IOException {
        ObjectNode product = JsonNodeFactory.instance.objectNode();
        product.put("title", "lantern " + id);
        product.put("category", "lamps");
        product.put("brand", brand);
        product.put("price", price);
        product.put("created_at", "2026-01-01T00:00:00Z");
        Reply reply =
                call("PUT", "/" + index + "/_doc/" + id + "?refresh=true", product.toString());
        assertEquals(reply.json().toString(), 201, reply.status());
    }

    static ObjectNode event(String id, String user, String type, String item, long timestamp) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event_id", id);
        event.put("user_id", user);
        event.put("type", type);
        event.put("item_id", item);
        event.put("timestamp", timestamp);
        return event;
    }

    /** Sends events and has all of them taken. */
    static void send(String catalog, List<? extends JsonNode> events) throws IOException {
        String body = JsonNodeFactory.instance.arrayNode().addAll(events).toString();
        JsonNode answer = ok(call("POST", "/" + catalog + "/_persona/events", body));
        assertFalse(answer.toString(), answer.path("errors").asBoolean());
    }

    /** Waits until every stored event is in its profile, and the profile in its document. */
    static void awaitProfiles(String catalog) throws Exception {
        assertBusy(
                () -> {
                    JsonNode state = ok(call("GET", "/" + catalog + "/_persona")).path("state");
                    assertEquals(1, state.path("followers").size());
                    assertEquals(
                            state.toString(),
                            0,
                            state.at("/followers/0/operations_behind").asLong(-1));
                    assertEquals(
                            state.toString(),
                            0,
                            state.at("/followers/0/profiles_unwritten").asLong(-1));
                },
                30,
                TimeUnit.SECONDS);
    }
}
