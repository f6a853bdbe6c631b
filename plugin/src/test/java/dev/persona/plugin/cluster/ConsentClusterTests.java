package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.consent.Blocks;

import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.support.WriteRequest;
import org.junit.Before;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a shop says of a user, and what happens to the events of one who objects to tracking. */
public class ConsentClusterTests extends UsersClusterTestCase {
    private static final String OBJECTS = "{\"tracking\": false}";
    private static final String AGREES = "{\"tracking\": true}";

    @Before
    public void openTheShop() throws Exception {
        openTheShop(1, settings(8));
    }

    private static void put(String user, String body) throws IOException {
        JsonNode answer = ok(call("PUT", USERS + user, body));
        assertTrue(answer.path("acknowledged").asBoolean());
        assertEquals(user, answer.path("user").asText());
    }

    public void testEventsOfOneWhoObjectsAreRefusedAndNotStored() throws Exception {
        send("products", randomEvents("u1", 3));
        awaitAll();
        var before = documents(EVENTS);
        put("u1", OBJECTS);

        String body = "[" + randomEvent("u1") + "," + randomEvent("u2") + "]";
        JsonNode answer = ok(call("POST", "/products/_persona/events", body));

        assertEquals("opted_out", answer.at("/items/0/result").asText());
        assertEquals(403, answer.at("/items/0/status").asInt());
        assertEquals("created", answer.at("/items/1/result").asText());
        awaitAll();
        assertEquals(before.size() + 1, documents(EVENTS).size());
        assertFalse(documents(PROFILES).get("u1").path("tracking").asBoolean(true));
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testOneWhoAgreesAgainIsTrackedAgain() throws Exception {
        put("u1", OBJECTS);
        assertEquals(List.of("opted_out"), results("u1", randomEvents("u1", 1)));
        put("u1", "{\"attributes\": {\"age\": 33}}");
        assertEquals(List.of("opted_out"), results("u1", randomEvents("u1", 1)));

        put("u1", AGREES);

        assertEquals(List.of("created"), results("u1", randomEvents("u1", 1)));
        assertFalse(documents(PROFILES).get("u1").has("tracking"));
        assertEquals(33, documents(PROFILES).get("u1").at("/attributes/age").asInt());
        awaitAll();
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testEveryNodeKnowsOfAnObjectionAtOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            String user = "u" + i;
            // Both nodes have a list of who objects when this one does.
            results(user, randomEvents(user, 1));
            results(user, randomEvents(user, 1));
            put(user, OBJECTS);
            assertEquals(List.of("opted_out"), results(user, randomEvents(user, 1)));
            assertEquals(List.of("opted_out"), results(user, randomEvents(user, 1)));
            if (i % 2 == 0) {
                put(user, AGREES);
                assertEquals(List.of("created"), results(user, randomEvents(user, 1)));
                assertEquals(List.of("created"), results(user, randomEvents(user, 1)));
            }
        }
    }

    public void testObjectionsOfMoreThanANodeKeepsInMindHold() throws Exception {
        put("u1", OBJECTS);
        BulkRequest others = new BulkRequest();
        for (int i = 0; i < 10_000; i++) {
            others.add(Blocks.optOut("products", "other-" + i));
        }
        others.setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
        assertFalse(client().bulk(others).actionGet().hasFailures());

        put("u2", OBJECTS);

        assertEquals(List.of("opted_out"), results("u1", randomEvents("u1", 1)));
        assertEquals(List.of("opted_out"), results("u2", randomEvents("u2", 1)));
        assertEquals(List.of("opted_out"), results("other-77", randomEvents("other-77", 1)));
        assertEquals(List.of("created"), results("u3", randomEvents("u3", 1)));
    }

    public void testWhoObjectsUnderOneIdObjectsUnderAll() throws Exception {
        send("products", randomEvents("anon", 2));
        send("products", randomEvents("u1", 2));
        put("anon", OBJECTS);

        ok(merge("u1", "anon"));

        assertEquals(List.of("opted_out"), results("u1", randomEvents("u1", 1)));
        assertEquals(List.of("opted_out"), results("anon", randomEvents("anon", 1)));
        // Neither is one who is merged in later, nor one further down.
        ok(merge("u1", "new"));
        assertEquals(List.of("opted_out"), results("new", randomEvents("new", 1)));
        ok(merge("head", "u1"));
        for (String id : List.of("head", "u1", "anon", "new")) {
            assertEquals(List.of("opted_out"), results(id, randomEvents(id, 1)));
        }
        put("anon", AGREES);
        for (String id : List.of("head", "u1", "anon", "new")) {
            assertEquals(List.of("created"), results(id, randomEvents(id, 1)));
        }
        awaitAll();
        assertProfilesAreRecounted(id -> "head");
    }

    public void testErasingForgetsTheObjectionToo() throws Exception {
        put("u1", OBJECTS);

        JsonNode erased = ok(call("DELETE", USERS + "u1")).path("erased");

        assertEquals(1, erased.path("profiles").asInt());
        assertEquals(List.of("erased"), results("u1", randomEvents("u1", 1)));
    }

    public void testWhatIsStatedStaysWhileEventsComeIn() throws Exception {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        attributes.put("country", "DE").put("age", 33).put("vip", true).put("score", 1.5);
        attributes.putArray("likes").add("lamps").add("chairs");
        put("u1", JsonNodeFactory.instance.objectNode().set("attributes", attributes).toString());

        send("products", randomEvents("u1", 10));
        awaitAll();

        assertEquals(attributes.toString().length(), stated().toString().length());
        assertEquals("[\"lamps\",\"chairs\"]", stated().path("likes").toString());
        put("u1", "{\"attributes\": {\"country\": \"FR\"}}");
        assertEquals("{\"country\":\"FR\"}", stated().toString());
        put("u1", "{\"attributes\": {}}");
        assertFalse(documents(PROFILES).get("u1").has("attributes"));
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    private static JsonNode stated() {
        return documents(PROFILES).get("u1").path("attributes");
    }

    private static void assertRefused(String why, String body) throws IOException {
        assertRefused(400, why, call("PUT", USERS + "u1", body));
    }

    public void testWhatIsWrongIsSaidAndNothingStored() throws Exception {
        assertRefused("[body] must hold [attributes] or [tracking]", "{}");
        assertRefused("[body] must hold [attributes] or [tracking]", "");
        assertRefused("[body] must be a JSON object", "[]");
        assertRefused("[trackin] is not known, did you mean [tracking]?", "{\"trackin\": true}");
        assertRefused("[tracking]", "{\"tracking\": \"perhaps\"}");
        assertRefused("[attributes] must be an object", "{\"attributes\": 3}");
        assertRefused("[attributes.a] must be a text", "{\"attributes\": {\"a\": {}}}");
        assertRefused("[attributes.a] must be a text", "{\"attributes\": {\"a\": null}}");
        assertRefused("[attributes.a] must be an array of", "{\"attributes\": {\"a\": [1]}}");
        assertRefused("[attributes.", "{\"attributes\": {\"\": 1}}");
        assertRefused("[attributes.a] must be at most 1024", attribute("x".repeat(1025)));
        assertRefused("[attributes.a]", "{\"attributes\": {\"a\": 1e999}}");
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i <= 100; i++) {
            many.put("key" + i, i);
        }
        assertRefused("[attributes] must be at most 100, was 101", "{\"attributes\":" + many + "}");
        assertRefused("[body] is not valid JSON", "{\"tracking\":");
        assertEquals(400, call("PUT", USERS + "x".repeat(513), OBJECTS).status());
        assertRefused(404, "[nope]", call("PUT", "/nope/_persona/profiles/u1", OBJECTS));
        assertEquals(0, documents(PROFILES).size());
        assertEquals(List.of("created"), results("u1", randomEvents("u1", 1)));
    }

    private static String attribute(String value) {
        return "{\"attributes\": {\"a\": \"" + value + "\"}}";
    }
}
