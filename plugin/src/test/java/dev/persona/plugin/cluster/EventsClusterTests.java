package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.elasticsearch.client.Request;
import org.junit.Before;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What becomes of events, and of the profiles of their users. */
public class EventsClusterTests extends PersonaClusterTestCase {
    /** Recent, so that nothing has faded from what is shown. */
    private static final long THEN = System.currentTimeMillis() - 60_000;

    @Before
    public void openTheShop() throws IOException {
        createProducts("products", 2);
        register("products", 8);
        putProduct("products", "p1", "acme", 10);
        putProduct("products", "p2", "bolt", 40);
    }

    private static JsonNode post(String body) throws IOException {
        return ok(call("POST", "/products/_persona/events", body));
    }

    private static JsonNode postLines(String contentType, String... lines) throws IOException {
        Request request = new Request("POST", "/products/_persona/events");
        request.setEntity(
                new StringEntity(
                        String.join("\n", lines) + randomFrom("", "\n", "\n\n"),
                        ContentType.parse(contentType)));
        return ok(call(getRestClient(), request));
    }

    private static List<String> results(JsonNode answer) {
        List<String> results = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            results.add(
                    item.path("event_id").asText("-")
                            + " "
                            + item.path("status").asInt()
                            + " "
                            + item.path("result").asText());
        }
        return results;
    }

    private static JsonNode profile(String user) throws IOException {
        return ok(call("GET", "/products/_persona/profiles/" + user)).path("profile");
    }

    public void testEachEventIsAnsweredInOrder() throws Exception {
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        batch.add(event("e1", "u1", "view", "p1", THEN));
        batch.add(event("e2", "u2", "vieww", "p1", THEN));
        batch.add(event("e3", "u3", "purchase", "p2", THEN));
        batch.add(event("e1", "u1", "view", "p1", THEN));
        batch.add(event("e4", "u1", "click", "p1", THEN).put("positon", 3));

        JsonNode answer = post(batch.toString());

        assertEquals(
                List.of(
                        "e1 201 created",
                        "e2 400 error",
                        "e3 201 created",
                        "e1 200 duplicate",
                        "e4 400 error"),
                results(answer));
        assertTrue(answer.path("errors").asBoolean());
        assertEquals("type", answer.at("/items/1/error/field").asText());
        assertEquals(
                "is no event type: [vieww], did you mean [view]?",
                answer.at("/items/1/error/reason").asText());
        assertEquals("positon", answer.at("/items/4/error/field").asText());
        assertEquals(
                "is not known, did you mean [position]?",
                answer.at("/items/4/error/reason").asText());
    }

    public void testTheSameDoneTwiceWithoutATimestampIsTwoEvents() throws Exception {
        String view = "{\"user_id\": \"u1\", \"type\": \"view\", \"item_id\": \"p1\"}";

        for (int i = 0; i < 5; i++) {
            assertEquals("created", post(view).at("/items/0/result").asText());
            // A millisecond later it is another event.
            Thread.sleep(2);
        }
    }

    public void testAProductIndexMadeAnewIsReadAnew() throws Exception {
        send("products", List.of(event("e1", "u1", "view", "p1", THEN)));
        ok(call("DELETE", "/products"));
        createProducts("products", 1);
        putProduct("products", "p1", "otherbrand", 10);

        send("products", List.of(event("e2", "u2", "view", "p1", THEN)));

        awaitProfiles("products");
        assertEquals(
                List.of("otherbrand"),
                List.copyOf(profile("u2").at("/affinities/brand").properties()).stream()
                        .map(Map.Entry::getKey)
                        .toList());
    }

    public void testTheGoodHalfOfABatchIsStored() throws Exception {
        List<String> bad = new ArrayList<>();
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 40; i++) {
            ObjectNode event = event("e" + i, "u1", "view", "p1", THEN + i);
            if (i % 2 == 1) {
                event.remove(randomFrom("user_id", "type", "item_id"));
                bad.add("e" + i);
            }
            batch.add(event);
        }

        post(batch.toString());
        awaitProfiles("products");

        assertEquals(20, profile("u1").at("/events/view/total").asInt());
        for (String id : bad) {
            assertEquals(
                    404,
                    call("GET", "/persona-events-products/_doc/" + id + "?routing=u1").status());
        }
    }

    public void testOneEventAnArrayAndLinesAreTakenAlike() throws Exception {
        String one = event("one", "u1", "view", "p1", THEN).toString();
        String two = event("two", "u1", "view", "p1", THEN).toString();
        String three = event("three", "u1", "view", "p1", THEN).toString();
        String four = event("four", "u1", "view", "p1", THEN).toString();

        assertEquals(List.of("one 201 created"), results(post(one)));
        assertEquals(
                List.of("one 200 duplicate", "two 201 created"),
                results(post("[" + one + "," + two + "]")));
        assertEquals(
                List.of("three 201 created", "two 200 duplicate"),
                results(postLines("application/x-ndjson", three, two)));
        assertEquals(
                List.of("three 200 duplicate", "- 400 error", "four 201 created"),
                results(
                        postLines(
                                "application/x-ndjson; charset=UTF-8", three, "{\"user_id", four)));
    }

    public void testABodyThatHoldsNoEventIsRefused() throws Exception {
        String path = "/products/_persona/events";

        assertRefused(400, "[body] must be an event", call("POST", path, "3"));
        assertRefused(400, "[body] must hold an event", call("POST", path, "[]"));
        assertRefused(400, "[body] is not valid JSON", call("POST", path, "[{]"));
        assertEquals(400, call("POST", path).status());
    }

    public void testAnEventWithoutAnIdIsKnownAgainByItsContent() throws Exception {
        ObjectNode event = event("", "u1", "view", "p1", THEN);
        event.remove("event_id");

        JsonNode first = post(event.toString());
        JsonNode again = post(event.toString());
        JsonNode later = post(event.put("timestamp", THEN + 1).toString());

        String id = first.at("/items/0/event_id").asText();
        assertEquals(List.of(id + " 201 created"), results(first));
        assertEquals(List.of(id + " 200 duplicate"), results(again));
        assertEquals("created", later.at("/items/0/result").asText());
    }

    public void testAnEventIsInItsProfileWithinASecond() throws Exception {
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            int expected = i;
            send("products", List.of(event("e" + i, "u1", "view", "p1", THEN)));
            long stored = System.nanoTime();
            assertBusy(
                    () -> assertEquals(expected, profile("u1").at("/events/view/total").asInt()));
            waits.add((System.nanoTime() - stored) / 1_000_000);
        }

        // A machine that does something else at times is no reason to fail.
        assertTrue("waited " + waits + " ms", waits.stream().sorted().toList().get(2) <= 1000);
    }

    public void testAProfileShowsWhatItsUserDid() throws Exception {
        send(
                "products",
                List.of(
                        event("e1", "u1", "view", "p1", THEN),
                        event("e2", "u1", "purchase", "p2", THEN + 1000)));
        awaitProfiles("products");

        JsonNode profile = profile("u1");

        assertEquals(Instant.ofEpochMilli(THEN).toString(), profile.path("first_seen").asText());
        assertEquals(
                Instant.ofEpochMilli(THEN + 1000).toString(), profile.path("last_seen").asText());
        assertEquals(2, profile.path("events").size());
        assertEquals(1, profile.at("/events/view/total").asInt());
        assertEquals(1, profile.at("/events/purchase/total").asInt());
        JsonNode brands = profile.at("/affinities/brand");
        assertEquals(6, brands.path("bolt").asDouble() / brands.path("acme").asDouble(), 0.01);
        // The geometric mean of 10 once and 40 six times.
        assertEquals(
                Math.exp((Math.log(10) + 6 * Math.log(40)) / 7),
                profile.at("/price/mean").asDouble(),
                0.001);
        assertEquals("p2", profile.at("/recent_items/0/item").asText());
        assertEquals("p1", profile.at("/recent_items/1/item").asText());
    }

    public void testAProductThatChangesLaterChangesNoProfile() throws Exception {
        send("products", List.of(event("e1", "u1", "view", "p1", THEN)));
        awaitProfiles("products");
        ok(call("POST", "/products/_update/p1", "{\"doc\": {\"brand\": \"zinc\"}}"));
        // What is known of an item may be a second old.
        Thread.sleep(1100);
        send("products", List.of(event("e2", "u1", "view", "p1", THEN)));
        awaitProfiles("products");

        JsonNode brands = profile("u1").at("/affinities/brand");

        assertEquals(brands.path("acme").asDouble(), brands.path("zinc").asDouble(), 0);
        assertTrue(brands.path("acme").asDouble() > 0);
    }

    public void testAUserWhoHasDoneNothingIsNotFound() throws Exception {
        Reply reply = call("GET", "/products/_persona/profiles/nobody");

        assertEquals(404, reply.status());
        assertEquals(Json.readText("{\"user\": \"nobody\", \"found\": false}"), reply.json());
    }

    public void testTheStateCountsEventsAndProfiles() throws Exception {
        send(
                "products",
                List.of(
                        event("e1", "u1", "view", "p1", THEN),
                        event("e2", "u2", "view", "p1", THEN),
                        event("e3", "u2", "view", "p2", THEN)));
        awaitProfiles("products");

        assertBusy(() -> assertEquals(2, state().path("profiles").asInt()));
        JsonNode state = state();

        assertEquals(3, state.path("events").asInt());
        assertEquals(2, state.at("/followers/0/global_checkpoint").asInt());
        assertEquals(2, state.at("/followers/0/applied").asInt());
    }

    private static JsonNode state() throws IOException {
        return ok(call("GET", "/products/_persona")).path("state");
    }

    /** The follower is still at work when its indices go: none of them may come back. */
    public void testAPurgeAmongEventsLeavesNothingBehind() throws Exception {
        for (int round = 0; round < 5; round++) {
            ArrayNode batch = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < 50; i++) {
                batch.add(event("e" + i, "u" + i, "view", "p1", THEN));
            }
            post(batch.toString());
            Thread.sleep(randomIntBetween(0, 150));
            ok(call("DELETE", "/products/_persona?purge=true"));
            Thread.sleep(300);

            JsonNode left = call("GET", "/persona-*/_settings?expand_wildcards=all").json();
            assertEquals(left.toString(), 0, left.size());
            register("products", 8);
        }
    }
}
