package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.junit.Before;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A user is given whatever is stored of the user, and nothing of anybody else. */
public class ExportClusterTests extends UsersClusterTestCase {
    /** More than two pages of an export. */
    private static final int MANY = 2345;

    @Before
    public void openTheShop() throws Exception {
        openTheShop(randomFrom(1, 3), settings(8));
    }

    private static List<JsonNode> export(String user) throws IOException {
        Response response =
                getRestClient().performRequest(new Request("GET", USERS + user + "/_export"));
        assertEquals(200, response.getStatusLine().getStatusCode());
        assertEquals("application/x-ndjson", response.getEntity().getContentType().getValue());
        List<JsonNode> lines = new ArrayList<>();
        EntityUtils.toString(response.getEntity())
                .lines()
                .forEach(line -> lines.add(Json.readText(line)));
        return lines;
    }

    private static Map<String, JsonNode> of(String kind, List<JsonNode> lines) {
        Map<String, JsonNode> found = new TreeMap<>();
        for (JsonNode line : lines) {
            if (line.path("kind").asText().equals(kind)) {
                assertNull(found.put(line.path("id").asText(), line.path(kind)));
            }
        }
        return found;
    }

    public void testAnExportHoldsEveryEventOnceAndTheProfile() throws Exception {
        List<ObjectNode> theirs = randomEvents("ann", MANY);
        send("products", theirs);
        send("products", randomEvents("bob", 10));
        awaitAll();

        List<JsonNode> lines = export("ann");

        Map<String, JsonNode> stored = documents(EVENTS);
        stored.values().removeIf(event -> !event.path("user_id").asText().equals("ann"));
        assertEquals(stored, of("event", lines));
        assertEquals(MANY, stored.size());
        assertEquals(Map.of("ann", documents(PROFILES).get("ann")), of("profile", lines));
        assertEquals(MANY + 1, lines.size());
    }

    public void testItHoldsAllIdsOfTheUserAndThatEventsAreRefused() throws Exception {
        send("products", randomEvents("ann", 5));
        send("products", randomEvents("anon", 7));
        ok(
                call(
                        "POST",
                        "/products/_persona/profiles/_merge",
                        "{\"from\": [\"anon\"], \"into\": \"ann\"}"));
        ok(call("PUT", USERS + "ann", "{\"tracking\": false, \"attributes\": {\"age\": 30}}"));

        List<JsonNode> lines = export("anon");

        assertEquals(12, of("event", lines).size());
        assertEquals(Set.of("ann", "anon"), of("profile", lines).keySet());
        assertEquals(30, of("profile", lines).get("ann").at("/attributes/age").asInt());
        assertEquals("ann", of("profile", lines).get("anon").path("merged_into").asText());
        assertEquals("opted_out", of("block", lines).get("ann").path("reason").asText());
    }

    public void testThereIsNothingToExportOfWhoIsUnknownOrErased() throws Exception {
        assertRefused(404, "nothing is stored", call("GET", USERS + "nobody/_export"));
        send("products", randomEvents("ann", 5));
        awaitAll();
        ok(call("DELETE", USERS + "ann"));
        assertRefused(404, "nothing is stored", call("GET", USERS + "ann/_export"));
    }
}
