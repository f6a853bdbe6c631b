package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileJson;

import org.elasticsearch.search.SearchHit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A shop with users. What a profile should be is counted anew from the stored events by applying
 * them to an empty one.
 */
public abstract class UsersClusterTestCase extends PersonaClusterTestCase {
    static final String EVENTS = "persona-events-products";
    static final String PROFILES = "persona-profiles-products";
    static final String USERS = "/products/_persona/profiles/";
    static final CatalogSettings SETTINGS = CatalogSettings.parse(settings(8));
    static final int PRODUCTS = 6;
    private static final int MOST_DOCUMENTS = 10_000;
    private static final long DAY = 86_400_000;

    private final AtomicInteger next = new AtomicInteger();
    private int eventShards = 1;

    /** Opens the shop. */
    void openTheShop(int shardsOfEvents, ObjectNode settings) throws Exception {
        eventShards = shardsOfEvents;
        createProducts("products", 1);
        if (shardsOfEvents != 1) {
            // One that is there already is taken as it is, so an operator may choose.
            ObjectNode index = Json.config("events_index.json").deepCopy();
            ((ObjectNode) index.path("settings")).put("index.number_of_shards", shardsOfEvents);
            ok(call("PUT", "/" + EVENTS, index.toString()));
        }
        ok(call("PUT", "/products/_persona", settings.toString()));
        for (int i = 0; i < PRODUCTS; i++) {
            putProduct("products", "p" + i, RandomEvents.brand(i), RandomEvents.price(i));
        }
    }

    /** An event that nobody has sent yet, up to three months old. */
    ObjectNode randomEvent(String user) {
        ObjectNode event =
                event(
                        "e" + next.getAndIncrement(),
                        user,
                        randomFrom("view", "click", "purchase", "favorite", "dismiss"),
                        "p" + between(0, PRODUCTS - 1),
                        System.currentTimeMillis() - randomLongBetween(0, 90 * DAY));
        return event.put("session_id", user + "-" + between(1, 3))
                .put("channel", randomFrom("web", "app"));
    }

    List<ObjectNode> randomEvents(String user, int count) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(randomEvent(user));
        }
        return events;
    }

    /** What each event of a call was answered. */
    static List<String> results(String user, List<ObjectNode> events) throws IOException {
        String body = JsonNodeFactory.instance.arrayNode().addAll(events).toString();
        JsonNode answer = ok(call("POST", "/products/_persona/events", body));
        List<String> results = new ArrayList<>();
        answer.path("items").forEach(item -> results.add(item.path("result").asText()));
        assertEquals(user, events.size(), results.size());
        return results;
    }

    static Reply merge(String into, String... from) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("into", into);
        for (String id : from) {
            body.withArray("from").add(id);
        }
        return call("POST", USERS + "_merge", body.toString());
    }

    /** Waits until every stored event is in its profile, on all shards. */
    void awaitAll() throws Exception {
        assertBusy(
                () -> {
                    JsonNode followers =
                            ok(call("GET", "/products/_persona")).at("/state/followers");
                    assertEquals(followers.toString(), eventShards, followers.size());
                    for (JsonNode follower : followers) {
                        assertEquals(
                                followers.toString(),
                                0,
                                follower.path("operations_behind").asLong(-1));
                        assertEquals(
                                followers.toString(),
                                0,
                                follower.path("profiles_unwritten").asLong(-1));
                    }
                },
                30,
                TimeUnit.SECONDS);
    }

    /** All documents of an index by id. */
    static Map<String, JsonNode> documents(String index) {
        client().admin().indices().prepareRefresh(index).get();
        Map<String, JsonNode> documents = new TreeMap<>();
        var found = client().prepareSearch(index).setSize(MOST_DOCUMENTS).get();
        try {
            for (SearchHit hit : found.getHits().getHits()) {
                documents.put(hit.getId(), Json.readStored(hit.getSourceRef()));
            }
        } finally {
            found.decRef();
        }
        return documents;
    }

    /** The profiles that the stored events make. */
    static Map<String, Profile> recount(UnaryOperator<String> userOfId) {
        Map<String, Profile> profiles = new TreeMap<>();
        documents(EVENTS)
                .forEach(
                        (id, source) -> {
                            Event event = EventJson.readStored(id, source);
                            profiles.computeIfAbsent(
                                            userOfId.apply(event.user()),
                                            user -> new Profile(SETTINGS.rules()))
                                    .apply(event);
                        });
        return profiles;
    }

    /** The profile that is stored under an id; empty when there is none. */
    static Profile storedProfile(String user) {
        JsonNode document =
                documents(PROFILES).getOrDefault(user, JsonNodeFactory.instance.objectNode());
        return ProfileJson.read(document.path("profile"), SETTINGS.rules());
    }

    /** Says that the profiles are those of the stored events, no more and no fewer. */
    static void assertProfilesAreRecounted(UnaryOperator<String> userOfId) {
        Map<String, Profile> expected = recount(userOfId);
        Map<String, JsonNode> stored = documents(PROFILES);
        stored.forEach(
                (id, document) -> {
                    if (document.has("profile")) {
                        assertTrue("a profile without events: " + id, expected.containsKey(id));
                    }
                });
        expected.forEach(
                (user, profile) -> {
                    assertTrue("no profile of " + user, stored.containsKey(user));
                    ProfileAlike.check(
                            user,
                            profile,
                            ProfileJson.read(stored.get(user).path("profile"), SETTINGS.rules()));
                });
    }

    /** The user whom the stored documents say that an id counts for. */
    static String userOf(String id) {
        Map<String, JsonNode> documents = documents(PROFILES);
        String user = id;
        for (int hops = 0; hops <= documents.size(); hops++) {
            JsonNode document = documents.getOrDefault(user, JsonNodeFactory.instance.objectNode());
            if (!document.has("merged_into")) {
                return user;
            }
            user = document.path("merged_into").asText();
        }
        throw new AssertionError("a circle from " + id);
    }
}
