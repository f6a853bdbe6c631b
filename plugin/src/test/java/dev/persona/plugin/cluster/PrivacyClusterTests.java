package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.consent.Blocks;

import org.elasticsearch.action.support.WriteRequest;
import org.junit.Before;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A user who wants to be forgotten is, wherever the user's events are just then. */
public class PrivacyClusterTests extends UsersClusterTestCase {
    private static final String STATE = "persona-state-products";

    @Before
    public void openTheShop() throws Exception {
        openTheShop(randomFrom(1, 3), settings(8));
    }

    private static JsonNode erase(String user, int status) throws IOException {
        Reply reply = call("DELETE", USERS + user);
        assertEquals(reply.json().toString(), status, reply.status());
        assertEquals(user, reply.json().path("user").asText());
        return reply.json().path("erased");
    }

    private static void assertErased(
            JsonNode erased, int profiles, int merges, int events, int impressions, int searches) {
        assertEquals(
                List.of(profiles, merges, events, impressions, searches),
                List.of(
                        erased.path("profiles").asInt(-1),
                        erased.path("merges").asInt(-1),
                        erased.path("events").asInt(-1),
                        erased.path("impressions").asInt(-1),
                        erased.path("searches").asInt(-1)));
        assertEquals(erased.toString(), 5, erased.size());
    }

    /** Whatever holds the text, in any index. */
    private static List<String> whereIs(String text) {
        List<String> places = new ArrayList<>();
        for (String index : List.of(EVENTS, PROFILES, STATE, "products")) {
            documents(index)
                    .forEach(
                            (id, source) -> {
                                if (id.contains(text) || source.toString().contains(text)) {
                                    places.add(index + " " + id + " " + source);
                                }
                            });
        }
        return places;
    }

    private void assertFoundNowhere(String... texts) {
        for (String text : texts) {
            assertEquals(List.of(), whereIs(text));
        }
    }

    private ObjectNode listed(String user, String type) {
        ObjectNode event = randomEvent(user).put("type", type);
        event.remove("item_id");
        event.putArray("items").add("p0").add("p1");
        return event.put("query", "lantern for " + user);
    }

    public void testErasingCountsWhatItErasesAndLeavesNothing() throws Exception {
        send("products", randomEvents("secret-1", 12));
        send("products", List.of(listed("secret-1", "impression"), listed("secret-1", "search")));
        send("products", List.of(listed("secret-1", "impression")));
        send("products", randomEvents("other", 5));
        awaitAll();
        assertFalse(whereIs("secret-1").isEmpty());

        JsonNode erased = erase("secret-1", 200);

        assertErased(erased, 1, 0, 12, 2, 1);
        assertFoundNowhere("secret-1");
        assertEquals(404, call("GET", USERS + "secret-1").status());
        awaitAll();
        assertFoundNowhere("secret-1");
        assertEquals(5, documents(EVENTS).size());
        assertProfilesAreRecounted(UnaryOperator.identity());
        assertErased(erase("secret-1", 404), 0, 0, 0, 0, 0);
        assertErased(erase("nobody", 404), 0, 0, 0, 0, 0);
    }

    public void testErasingAUserErasesAllIdsOfTheUserByWhicheverOfThem() throws Exception {
        List<String> ids = List.of("secret-a", "secret-b", "secret-c", "secret-d");
        for (String id : ids) {
            send("products", randomEvents(id, 3));
        }
        ok(merge("secret-b", "secret-a"));
        ok(merge("secret-c", "secret-b", "secret-without-events"));
        ok(merge("secret-c", "secret-d"));
        ok(call("PUT", USERS + "secret-a", "{\"attributes\": {\"name\": \"secret-name\"}}"));
        send("products", randomEvents("other", 2));
        awaitAll();

        JsonNode erased = erase(randomFrom(ids), 200);

        assertErased(erased, 1, 4, 12, 0, 0);
        assertFoundNowhere("secret");
        for (String id : List.of("secret-a", "secret-b", "secret-c", "secret-without-events")) {
            assertEquals(List.of("erased"), results(id, randomEvents(id, 1)));
        }
        assertRefused(409, "erased a short while ago", merge("other", "secret-a"));
        assertRefused(409, "erased a short while ago", merge("secret-a", "other"));
        assertRefused(
                409,
                "erased a short while ago",
                call("PUT", USERS + "secret-c", "{\"tracking\": true}"));
        awaitAll();
        assertFoundNowhere("secret");
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testEventsThatComeRightAfterAreRefusedAsErased() throws Exception {
        send("products", randomEvents("secret-1", 3));
        erase("secret-1", 200);

        String body = "[" + randomEvent("secret-1") + "," + randomEvent("other") + "]";
        JsonNode answer = ok(call("POST", "/products/_persona/events", body));

        assertTrue(answer.path("errors").asBoolean());
        assertEquals("erased", answer.at("/items/0/result").asText());
        assertEquals(410, answer.at("/items/0/status").asInt());
        assertEquals("created", answer.at("/items/1/result").asText());
        // Also among so many users that the tombstones are searched for.
        List<ObjectNode> many = new ArrayList<>(randomEvents("secret-1", 1));
        for (int i = 0; i < 50; i++) {
            many.add(randomEvent("user-" + i));
        }
        List<String> results = results("", many);
        assertEquals("erased", results.get(0));
        assertEquals(50, results.stream().filter("created"::equals).count());
        awaitAll();
        assertFoundNowhere("secret-1");
    }

    public void testEventsOnTheirWayDoNotBringTheUserBack() throws Exception {
        for (int round = 0; round < 3; round++) {
            String user = "secret-" + round + "-";
            AtomicBoolean erasing = new AtomicBoolean(true);
            Callable<Set<String>> sender =
                    () -> {
                        Set<String> results = new java.util.TreeSet<>();
                        while (erasing.get()) {
                            List<ObjectNode> events = randomEvents(user, between(1, 10));
                            events.addAll(randomEvents("other", 2));
                            results.addAll(results("", events));
                        }
                        return results;
                    };
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<Set<String>>> senders = new ArrayList<>();
                try {
                    for (int i = 0; i < 3; i++) {
                        senders.add(threads.submit(sender));
                    }
                    Thread.sleep(between(50, 400));
                    erase(user, 200);
                    Thread.sleep(100);
                } finally {
                    erasing.set(false);
                }
                for (Future<Set<String>> results : senders) {
                    assertEquals(Set.of("created", "erased"), results.get());
                }
            }
            awaitAll();
            // What a follower drops it deletes, which is itself something to follow.
            assertBusy(() -> assertFoundNowhere(user));
            awaitAll();
            assertFoundNowhere(user);
            assertProfilesAreRecounted(UnaryOperator.identity());
        }
    }

    public void testAfterItsTimeATombstoneLetsTheUserComeBackAsNew() throws Exception {
        send("products", randomEvents("back", 10));
        awaitAll();
        erase("back", 200);
        assertEquals(List.of("erased"), results("back", randomEvents("back", 1)));

        client().index(
                        Blocks.erased("products", "back", System.currentTimeMillis() - 1)
                                .setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE))
                .actionGet();
        client().index(Blocks.changed("products")).actionGet();

        assertBusy(
                () -> assertEquals(List.of("created"), results("back", randomEvents("back", 1))));

        awaitAll();
        assertEquals(1, documents(EVENTS).size());
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testAMergeThatMeetsAnErasureDoesNotBringTheUserBack() throws Exception {
        for (int round = 0; round < 6; round++) {
            String user = "secret-" + round + "-";
            send("products", randomEvents(user, 3));
            send("products", randomEvents(user + "anon", 3));
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Future<Reply> merged =
                        threads.submit(
                                () -> {
                                    Thread.sleep(between(0, 60));
                                    return merge(user, user + "anon");
                                });
                Thread.sleep(between(0, 30));
                erase(user, 200);
                Reply reply = merged.get();
                assertTrue(reply.json().toString(), reply.status() == 200 || reply.status() == 409);
            }
            awaitAll();
            Map<String, JsonNode> profiles = documents(PROFILES);
            assertFalse("" + profiles.get(user), profiles.containsKey(user));
            JsonNode anonymous = profiles.get(user + "anon");
            assertFalse("" + anonymous, anonymous != null && anonymous.has("merged_into"));
            assertProfilesAreRecounted(UnaryOperator.identity());
        }
    }
}
