package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What users may ask of a shop, from the call to the next search, on one node. */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivacyIT {

    private static final List<String> INDICES =
            List.of("persona-events-", "persona-profiles-", "persona-state-", "");

    private final ElasticsearchClient client;
    private final SmallShop shop = new SmallShop("private-shop");
    private final List<ObjectNode> history = shop.history();

    PrivacyIT(LocalCluster cluster) {
        this.client = cluster.client(0);
    }

    @BeforeAll
    void learnFromTheHistory() {
        shop.open(client, 1, 0);
        shop.send(client, history);
        shop.awaitProfiles(client);
        client.call("POST", shop.path("/factors/_train"), Map.of("iterations", 3));
        shop.trainRanker(client);
        client.call("POST", shop.path("/models/default/_reload"), null);
    }

    /** A user of one test, who likes a brand. */
    private String newUser(String name, String brand) {
        List<Map<String, Object>> events =
                IntStream.range(0, 240)
                        .mapToObj(item -> "p" + item)
                        .filter(item -> SmallShop.brand(item).equals(brand))
                        .limit(10)
                        .map(item -> event(name, item))
                        .toList();
        JsonNode answer = client.call("POST", shop.path("/events?refresh=wait_for"), events);
        assertFalse(answer.path("errors").asBoolean(), answer.toString());
        return name;
    }

    private static Map<String, Object> event(String user, String item) {
        return Map.of("user_id", user, "type", "purchase", "item_id", item);
    }

    private JsonNode send(String user) {
        return client.call("POST", shop.path("/events?refresh=wait_for"), event(user, "p3"))
                .at("/items/0");
    }

    private Ranking plain() {
        return Ranking.plain(client, shop.index(), "lantern");
    }

    private Ranking personal(String user) {
        return Ranking.personal(client, shop.index(), "lantern", user);
    }

    private String profilePath(String user) {
        return shop.path("/profiles/" + user);
    }

    private int purchases(String user) {
        return client.call("GET", profilePath(user), null)
                .at("/profile/events/purchase/total")
                .asInt();
    }

    private String everythingStored() {
        StringBuilder text = new StringBuilder();
        for (String prefix : INDICES) {
            String index = prefix + shop.index();
            client.call("POST", "/" + index + "/_refresh", null);
            JsonNode found = client.call("POST", "/" + index + "/_search", Map.of("size", 10_000));
            JsonNode hits = found.at("/hits/hits");
            assertEquals(found.at("/hits/total/value").asInt(), hits.size());
            text.append(hits);
        }
        return text.toString();
    }

    @Test
    void whoIsErasedIsFoundNowhereAndSearchesLikeAStranger() {
        String user = newUser("erased-user", "acme");
        newUser("erased-phone", "acme");
        client.call(
                "POST",
                shop.path("/profiles/_merge"),
                Map.of("from", List.of("erased-phone"), "into", user));
        client.call("PUT", profilePath(user), Map.of("attributes", Map.of("name", "erased-name")));
        assertNotEquals(plain(), personal(user));
        assertTrue(everythingStored().contains("erased-"));

        JsonNode answer = client.call("DELETE", profilePath("erased-phone"), null);

        assertEquals(
                Map.of("profiles", 1, "merges", 1, "events", 20, "impressions", 0, "searches", 0),
                ElasticsearchClient.JSON.convertValue(answer.path("erased"), Map.class));
        assertFalse(everythingStored().contains("erased-"));
        assertEquals(plain(), personal(user));
        assertEquals(404, client.send("GET", profilePath(user), null).status());
        for (String id : List.of(user, "erased-phone")) {
            JsonNode item = send(id);
            assertEquals("erased", item.path("result").asText());
            assertEquals(410, item.path("status").asInt());
        }
        shop.awaitProfiles(client);
        assertFalse(everythingStored().contains("erased-"));
        Answer again = client.send("DELETE", profilePath(user), null);
        assertEquals(404, again.status());
        assertEquals(0, again.json().at("/erased/events").asInt(-1));
    }

    @Test
    void whatWasDoneBeforeSigningInCountsForTheUserFromTheNextSearchOn() {
        String anonymous = newUser("anonymous-browser", "borg");
        assertEquals(plain(), personal("just-signed-in"));

        JsonNode answer =
                client.call(
                        "POST",
                        shop.path("/profiles/_merge"),
                        Map.of("from", List.of(anonymous), "into", "just-signed-in"));

        assertEquals("anonymous-browser", answer.at("/merged/0").asText());
        assertEquals(10, purchases("just-signed-in"));
        assertNotEquals(plain(), personal("just-signed-in"));
        assertEquals(personal(anonymous).ids(), personal("just-signed-in").ids());
        assertEquals("created", send(anonymous).path("result").asText());
        assertEquals(11, purchases("just-signed-in"));
        assertEquals(11, purchases(anonymous));
    }

    @Test
    void whoObjectsIsNeitherTrackedNorPersonalizedUntilAgreeingAgain() {
        String user = newUser("objecting-user", "cobb");
        Ranking before = personal(user);
        assertNotEquals(plain(), before);

        client.call("PUT", profilePath(user), Map.of("tracking", false));

        assertEquals(plain(), personal(user));
        JsonNode item = send(user);
        assertEquals("opted_out", item.path("result").asText());
        assertEquals(403, item.path("status").asInt());
        assertEquals(10, purchases(user));

        client.call("PUT", profilePath(user), Map.of("tracking", true));

        assertEquals(before.ids(), personal(user).ids());
        assertEquals("created", send(user).path("result").asText());
        assertEquals(11, purchases(user));
    }

    @Test
    void whoAsksIsGivenAllThatIsStoredAndNothingOfOthers() throws IOException {
        String user = newUser("asking-user", "acme");
        newUser("asking-phone", "borg");
        client.call("PUT", profilePath(user), Map.of("attributes", Map.of("country", "DE")));
        client.call(
                "POST",
                shop.path("/profiles/_merge"),
                Map.of("from", List.of("asking-phone"), "into", user));
        client.call("PUT", profilePath(user), Map.of("tracking", false));

        Answer answer = client.send("GET", profilePath("asking-phone") + "/_export", null);

        assertEquals(200, answer.status());
        Map<String, Integer> kinds = new TreeMap<>();
        Map<String, Integer> eventsOf = new TreeMap<>();
        Map<String, JsonNode> profiles = new TreeMap<>();
        for (String line : new String(answer.bytes(), StandardCharsets.UTF_8).split("\n")) {
            JsonNode json = ElasticsearchClient.JSON.readTree(line);
            kinds.merge(json.path("kind").asText(), 1, Integer::sum);
            if (json.has("event")) {
                eventsOf.merge(json.at("/event/user_id").asText(), 1, Integer::sum);
            }
            if (json.has("profile")) {
                profiles.put(json.path("id").asText(), json.path("profile"));
            }
        }
        assertEquals(Map.of("profile", 2, "block", 2, "event", 20), kinds);
        assertEquals(Map.of(user, 10, "asking-phone", 10), eventsOf);
        assertEquals("DE", profiles.get(user).at("/attributes/country").asText());
        assertFalse(profiles.get(user).path("tracking").asBoolean(true));
        assertTrue(profiles.get(user).at("/profile/events").has("purchase"));
        assertEquals(20, profiles.get(user).at("/profile/recent").size());
        assertEquals(user, profiles.get("asking-phone").path("merged_into").asText());
        assertEquals(404, client.send("GET", profilePath("nobody") + "/_export", null).status());
    }

    @Test
    void aRebuildChangesNoProfile() {
        shop.awaitProfiles(client);
        String user = newUser("steady-user", "dunn");
        Answer before = client.send("GET", profilePath(user), null);

        JsonNode answer = client.call("POST", shop.path("/profiles/_rebuild"), null);

        assertEquals(0, answer.path("changed").asInt(-1), answer.toString());
        assertEquals(0, answer.path("created").asInt(-1), answer.toString());
        assertEquals(
                withoutWhatFades(before),
                withoutWhatFades(client.send("GET", profilePath(user), null)));
    }

    private static String withoutWhatFades(Answer answer) {
        return new String(answer.bytes(), StandardCharsets.UTF_8)
                .replaceAll("\"vector\":\\[[^]]*]", "")
                .replaceAll("\"(decayed|acme|borg|cobb|dunn|lantern|chair|weight)\":[0-9.]+", "");
    }
}
