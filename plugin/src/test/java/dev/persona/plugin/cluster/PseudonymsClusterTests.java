package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.client.RestClient;
import org.elasticsearch.common.settings.MockSecureSettings;
import org.elasticsearch.common.settings.Settings;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Users stored under names that only who has the key can tell. */
public class PseudonymsClusterTests extends PersonaClusterTestCase {
    private static final String KEY = "the key that all nodes of the test share";
    private static final String USER = "ada-lovelace@example.org";
    private static final String VISITOR = "visitor-of-ada-lovelace";

    /** In the keystore of nodes that start now; empty for none. */
    private static volatile String keystore = KEY;

    @Override
    protected Settings nodeSettings(int ordinal, Settings otherSettings) {
        MockSecureSettings secrets = new MockSecureSettings();
        if (!keystore.isEmpty()) {
            secrets.setString("persona.pseudonym_key", keystore);
        }
        return Settings.builder()
                .put(super.nodeSettings(ordinal, otherSettings))
                .setSecureSettings(secrets)
                .build();
    }

    private static String startNode(String key) {
        keystore = key;
        try {
            return internalCluster().startNode();
        } finally {
            keystore = KEY;
        }
    }

    private static String profile(String catalog, String user) {
        return "/" + catalog + "/_persona/profiles/" + user;
    }

    private static JsonNode stored(String indices) throws IOException {
        ok(call("POST", "/" + indices + "/_refresh?expand_wildcards=all"));
        return ok(call("GET", "/" + indices + "/_search?size=1000&expand_wildcards=all"))
                .at("/hits/hits");
    }

    private static Set<String> ids(String index) throws IOException {
        Set<String> ids = new TreeSet<>();
        stored(index).forEach(hit -> ids.add(hit.path("_id").asText()));
        return ids;
    }

    private static ObjectNode click(String id, String user) {
        return event(id, user, "click", "p1", System.currentTimeMillis());
    }

    public void testNoIndexKnowsAUserThatEveryCallKnows() throws Exception {
        createProducts("products", 1);
        putProduct("products", "p1", "acme", 10);
        register("products", 4);
        assertTrue(ok(call("GET", "/products/_persona")).at("/settings/pseudonyms").asBoolean());
        ObjectNode nameless = click("", USER);
        nameless.remove("event_id");
        ObjectNode impression = event("i1", USER, "impression", "", System.currentTimeMillis());
        impression.remove("item_id");
        impression.putArray("items").add("p1");
        send("products", List.of(click("c1", USER), nameless, impression, click("c2", VISITOR)));
        JsonNode repeated =
                ok(call("POST", "/products/_persona/events", nameless.toString()))
                        .at("/items/0/result");
        assertEquals("duplicate", repeated.asText());
        ok(
                call(
                        "POST",
                        "/products/_persona/events?format=ubi",
                        """
                        {"client_id": "%s", "action_name": "click", "timestamp": %s,
                         "event_attributes": {"object": {"object_id": "p1"}}}
                        """
                                .formatted(USER, System.currentTimeMillis())));
        ok(call("PUT", profile("products", USER), "{\"attributes\": {\"country\": \"gb\"}}"));
        JsonNode merged =
                ok(
                        call(
                                "POST",
                                "/products/_persona/profiles/_merge",
                                "{\"from\": [\"%s\"], \"into\": \"%s\"}".formatted(VISITOR, USER)));
        assertEquals(USER, merged.path("into").asText());
        assertEquals(VISITOR, merged.at("/merged/0").asText());
        awaitProfiles("products");

        JsonNode all = stored("persona-*");
        assertTrue(all.toString(), all.size() >= 7);
        assertFalse(all.toString(), all.toString().contains("lovelace"));

        JsonNode found = ok(call("GET", profile("products", USER)));
        assertEquals(USER, found.path("user").asText());
        assertEquals(4, found.at("/profile/events/click/total").asInt());
        assertEquals(VISITOR, ok(call("GET", profile("products", VISITOR))).path("user").asText());
        for (String pseudonym : ids("persona-profiles-products")) {
            assertEquals(404, call("GET", profile("products", pseudonym)).status());
        }

        JsonNode erased = ok(call("DELETE", profile("products", USER)));
        assertEquals(USER, erased.path("user").asText());
        assertEquals(4, erased.at("/erased/events").asInt());
        assertEquals(1, erased.at("/erased/impressions").asInt());
        assertEquals(404, call("GET", profile("products", USER)).status());
        assertTrue(ids("persona-events-products").isEmpty());
    }

    public void testTwoCatalogsKnowTheSameUserUnderDifferentNames() throws Exception {
        for (String catalog : List.of("lamps", "shoes", "plain")) {
            createProducts(catalog, 1);
            ObjectNode settings = settings(4);
            if (catalog.equals("plain")) {
                settings.put("pseudonyms", false);
            }
            ok(call("PUT", "/" + catalog + "/_persona", settings.toString()));
            send(catalog, List.of(click("c1", USER)));
            awaitProfiles(catalog);
        }
        assertEquals(Set.of(USER), ids("persona-profiles-plain"));
        assertEquals(1, ids("persona-profiles-lamps").size());
        assertNotEquals(ids("persona-profiles-lamps"), ids("persona-profiles-shoes"));
    }

    public void testASearchFindsTheProfileOfTheUserItNames() throws Exception {
        TasteShop.stock("tastes", 1);
        TasteShop.train("tastes");

        assertEquals(200, search("u3").status());
        for (String pseudonym : ids("persona-profiles-tastes")) {
            assertRefused(404, "user [" + pseudonym + "] has no profile", search(pseudonym));
        }
    }

    private static Reply search(String user) throws IOException {
        return call(
                "POST",
                "/tastes/_search",
                """
                {"query": {"match": {"title": "lantern"}}, "rescore": {"window_size": 20,
                 "personalize": {"user": "%s", "missing_profile": "fail"}}}
                """
                        .formatted(user));
    }

    public void testANodeWithAnotherKeyRefusesToMakeOtherPeopleOfTheUsers() throws Exception {
        createProducts("books", 1);
        register("books", 4);
        send("books", List.of(click("c1", USER)));
        awaitProfiles("books");
        String other = startNode("x".repeat(40));
        try (RestClient client = createRestClient(other)) {
            String why = "the keystore of this node has another [persona.pseudonym_key]";
            String events = "/books/_persona/events";
            String merge = "{\"from\": [\"a\"], \"into\": \"b\"}";
            assertRefused(503, why, call(client, "POST", events, click("c2", USER).toString()));
            assertRefused(503, why, call(client, "GET", profile("books", USER), ""));
            assertRefused(
                    503, why, call(client, "PUT", profile("books", USER), "{\"tracking\": false}"));
            assertRefused(503, why, call(client, "DELETE", profile("books", USER), ""));
            assertRefused(503, why, call(client, "POST", "/books/_persona/profiles/_merge", merge));
            // What is registered is not changed by being said again elsewhere.
            assertEquals(
                    200, call(client, "PUT", "/books/_persona", settings(4).toString()).status());
            ObjectNode asked = settings(4).put("pseudonyms", true);
            assertRefused(
                    409, "[pseudonyms]", call(client, "PUT", "/books/_persona", asked.toString()));
        } finally {
            internalCluster().stopNode(other);
        }
        assertRefused(
                409,
                "[pseudonyms]",
                call("PUT", "/books/_persona", settings(4).put("pseudonyms", false).toString()));
        assertEquals(
                1,
                ok(call("GET", profile("books", USER))).at("/profile/events/click/total").asInt());
    }

    public void testPseudonymsThatCannotBeMadeAreNotPromised() throws Exception {
        createProducts("toys", 1);
        String keyless = startNode("");
        try (RestClient client = createRestClient(keyless)) {
            assertRefused(
                    400,
                    "[pseudonyms] needs a key: add [persona.pseudonym_key] to the keystore",
                    call(
                            client,
                            "PUT",
                            "/toys/_persona",
                            settings(4).put("pseudonyms", true).toString()));
            ok(call(client, "PUT", "/toys/_persona", settings(4).toString()));
            assertFalse(
                    ok(call("GET", "/toys/_persona")).at("/settings/pseudonyms").asBoolean(true));
            // Whatever the node that is asked: it stays as it was registered.
            ok(call("PUT", "/toys/_persona", settings(4).toString()));
        } finally {
            internalCluster().stopNode(keyless);
        }
    }
}
