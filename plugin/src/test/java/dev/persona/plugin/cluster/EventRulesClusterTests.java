package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.junit.Before;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What a catalog says that it takes as an event, and what becomes of events then. */
public class EventRulesClusterTests extends PersonaClusterTestCase {
    private static final long DAY = 86_400_000;
    private static final long THEN = System.currentTimeMillis() - 60_000;
    private static final String EVENTS = "/products/_persona/events";

    @Before
    public void createTheProducts() throws IOException {
        createProducts("products", 1);
        putProduct("products", "p1", "acme", 10);
    }

    private static ObjectNode shop() {
        ObjectNode settings = settings(8);
        settings.putObject("custom_events").put("wishlist", 4).put("newsletter", 0);
        return settings;
    }

    private static Reply register(ObjectNode settings) throws IOException {
        return call("PUT", "/products/_persona", settings.toString());
    }

    private static String stored(String id, String user, String field) throws IOException {
        return ok(call("GET", "/persona-events-products/_doc/" + id + "?routing=" + user))
                .at("/_source/" + field)
                .asText("-");
    }

    public void testATypeThatTheCatalogDeclaresIsTakenWithItsItemOrWithoutOne() throws Exception {
        ok(register(shop()));
        ObjectNode bare = event("e2", "u1", "newsletter", "", THEN);
        bare.remove("item_id");
        send("products", List.of(event("e1", "u1", "wishlist", "p1", THEN), bare));
        awaitProfiles("products");

        JsonNode profile = ok(call("GET", "/products/_persona/profiles/u1")).path("profile");
        assertTrue(profile.toString(), profile.path("events").has("wishlist"));
        assertTrue(profile.toString(), profile.path("events").has("newsletter"));
        assertEquals(4, profile.at("/affinities/brand/acme").asDouble(), 0.01);
        assertEquals("p1", stored("e1", "u1", "item_id"));
        assertEquals("-", stored("e2", "u1", "item_id"));
    }

    public void testATypeThatNobodyDeclaredIsRefusedWithTheNearestThatIs() throws Exception {
        ok(register(shop()));

        JsonNode answer =
                ok(call("POST", EVENTS, event("e1", "u1", "wishlists", "p1", THEN).toString()));

        assertEquals(400, answer.at("/items/0/status").asInt());
        assertEquals("type", answer.at("/items/0/error/field").asText());
        assertEquals(
                "is no event type: [wishlists], did you mean [wishlist]?",
                answer.at("/items/0/error/reason").asText());
    }

    public void testWhatAShopSaysBesideIsStoredWithTheTimeOfArrival() throws Exception {
        ok(register(shop()));
        String text = "long ".repeat(12_000);
        ObjectNode event = event("e1", "u1", "review", "p1", THEN);
        event.put("channel", "app").put("text", text);
        ObjectNode context = event.putObject("context");
        // Keys that are no names of fields for Elasticsearch, as it must not look into them.
        List.of("a.b", "a", "a..b", ".", " ", "", "b").forEach(key -> context.put(key, 1.5));
        context.put("b", true).put("b.c", "x");
        long before = System.currentTimeMillis();
        send("products", List.of(event));

        JsonNode source =
                ok(call("GET", "/persona-events-products/_doc/e1?routing=u1")).path("_source");

        assertEquals("app", source.path("channel").asText());
        assertEquals(text, source.path("text").asText());
        assertEquals(context, source.path("context"));
        long received = source.path("received_at").asLong();
        assertTrue("" + received, received >= before - 1000);
        assertTrue("" + received, received <= System.currentTimeMillis() + 1000);
        awaitProfiles("products");
        assertEquals(200, call("GET", "/products/_persona/profiles/u1").status());
    }

    public void testUbiEventsAreTakenAsTheyAre() throws Exception {
        ok(register(shop()));
        String time = Instant.ofEpochMilli(THEN).toString();
        String click =
                """
                {"application": "primary-search", "action_name": "click_through", "query_id": "q1",
                 "client_id": "browser-1", "session_id": "s1", "timestamp": "%s",
                 "event_attributes": {
                    "object": {"object_id": "p1", "object_id_field": "sku", "description": "Lamp"},
                    "position": {"ordinal": 3}, "page": 2, "ip": "192.0.2.7"}}
                """
                        .formatted(time);
        String hover = click.replace("click_through", "hover");

        JsonNode answer = ok(call("POST", EVENTS + "?format=ubi", "[" + click + "," + hover + "]"));
        JsonNode again = ok(call("POST", EVENTS + "?format=ubi", click));
        awaitProfiles("products");

        assertEquals("created", answer.at("/items/0/result").asText());
        assertEquals("action_name", answer.at("/items/1/error/field").asText());
        assertEquals("duplicate", again.at("/items/0/result").asText());
        String id = answer.at("/items/0/event_id").asText();
        ObjectNode source =
                (ObjectNode)
                        ok(call(
                                        "GET",
                                        "/persona-events-products/_doc/"
                                                + id
                                                + "?routing=browser-1"))
                                .path("_source");
        source.remove(List.of("received_at", "item"));
        assertEquals(
                Json.readText(
                        """
                        {"user_id": "browser-1", "type": "click", "timestamp": %s, "item_id": "p1",
                         "session_id": "s1", "query_id": "q1", "channel": "primary-search",
                         "position": 3, "context": {"page": 2}}
                        """
                                .formatted(THEN)),
                Json.readText(source.toString()));
        assertEquals(200, call("GET", "/products/_persona/profiles/browser-1").status());
        assertRefused(
                400,
                "[format] must be one of [native, ubi], was [csv]",
                call("POST", EVENTS + "?format=csv", click));
    }

    public void testLimitsHoldAndALaterRegistrationChangesThem() throws Exception {
        ObjectNode settings = shop();
        settings.putObject("limits")
                .put("events_per_call", 2)
                .put("event_bytes", "200b")
                .put("id_bytes", 8)
                .put("future", "1m");
        settings.putObject("retention").put("view", "30d");
        ok(register(settings));
        ArrayNode three = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 3; i++) {
            three.add(event("e" + i, "u1", "view", "p1", THEN));
        }

        assertRefused(
                400,
                "[body] must hold at most 2 events, was 3",
                call("POST", EVENTS, three.toString()));
        assertEquals("event", refusedField(three.get(0).deepCopy(), "query", "x".repeat(200)));
        assertEquals("user_id", refusedField(three.get(0).deepCopy(), "user_id", "too-long-by-6"));
        long soon = System.currentTimeMillis() + 120_000;
        assertEquals("timestamp", refusedField(three.get(0).deepCopy(), "timestamp", "" + soon));
        long longAgo = System.currentTimeMillis() - 31 * DAY;
        assertEquals("timestamp", refusedField(three.get(0).deepCopy(), "timestamp", "" + longAgo));
        assertEquals(0, state().path("events").asInt(-1));

        settings.remove(List.of("limits", "retention"));
        ok(register(settings));

        send("products", three.valueStream().toList());
        send("products", List.of(event("e9", "too-long-by-6", "view", "p1", longAgo)));
        assertEquals(
                "64kb",
                ok(call("GET", "/products/_persona")).at("/settings/limits/event_bytes").asText());
    }

    public void testWhatShapesProfilesCannotBeChangedTogetherWithLimits() throws Exception {
        ok(register(shop()));
        ObjectNode other = shop().put("time_zone", "Europe/Berlin");
        other.putObject("limits").put("id_bytes", 100);
        other.putObject("custom_events").put("wishlist", 5);

        assertRefused(409, "other settings: [custom_events, time_zone]", register(other));
        assertEquals(
                512, ok(call("GET", "/products/_persona")).at("/settings/limits/id_bytes").asInt());
    }

    private static String refusedField(JsonNode event, String field, String value)
            throws IOException {
        ((ObjectNode) event).put(field, value);
        JsonNode answer = ok(call("POST", EVENTS, event.toString()));
        assertEquals(answer.toString(), 400, answer.at("/items/0/status").asInt());
        return answer.at("/items/0/error/field").asText();
    }

    private static JsonNode state() throws IOException {
        return ok(call("GET", "/products/_persona")).path("state");
    }
}
