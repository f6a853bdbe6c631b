package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.threadpool.ThreadPool;
import org.junit.Before;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Who waits for the profile finds the event in it, and the stats say how far followers are. */
public class RefreshClusterTests extends UsersClusterTestCase {
    private static final String SEND = "/products/_persona/events";
    private static final int SHARDS = 2;

    @Before
    public void openTheShop() throws Exception {
        openTheShop(SHARDS, settings(8));
    }

    private static int total(String user) throws IOException {
        int total = 0;
        Reply reply = call("GET", USERS + user);
        for (JsonNode count : reply.json().at("/profile/events")) {
            total += count.path("total").asInt();
        }
        return total;
    }

    public void testAnEventThatWasWaitedForIsInTheProfile() throws Exception {
        for (int i = 1; i <= 50; i++) {
            String user = "u" + i % 3;
            int before = total(user);
            ObjectNode event = randomEvent(user);
            String how = randomFrom("wait_for", "true", "");
            JsonNode answer = ok(call("POST", SEND + "?refresh=" + how, event.toString()));
            assertEquals("created", answer.at("/items/0/result").asText());
            assertFalse(answer.has("timed_out"));
            assertEquals(before + 1, total(user));

            JsonNode again = ok(call("POST", SEND + "?refresh=wait_for", event.toString()));
            assertEquals("duplicate", again.at("/items/0/result").asText());
            assertEquals(before + 1, total(user));
        }
    }

    public void testARepeatIsWaitedForLikeTheFirst() throws Exception {
        for (int i = 0; i < 20; i++) {
            ObjectNode event = randomEvent("r" + i);
            ok(call("POST", SEND, event.toString()));

            JsonNode again = ok(call("POST", SEND + "?refresh=wait_for", event.toString()));

            assertEquals("duplicate", again.at("/items/0/result").asText());
            assertEquals(1, total("r" + i));
        }
    }

    public void testOfRepeatsOneCounts() throws Exception {
        ObjectNode event = randomEvent("u1");
        ObjectNode other = event.deepCopy().put("item_id", "p5").put("type", "purchase");
        assertEquals(
                List.of("created", "duplicate", "duplicate"),
                results("u1", List.of(event, event, other)));
        assertEquals(List.of("duplicate"), results("u1", List.of(other)));
        awaitAll();
        assertEquals(1, documents(EVENTS).size());
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testWhatRefersToNothingStoredIsNotWaitedFor() throws Exception {
        ObjectNode wrong = randomEvent("u1").put("type", "clik");
        JsonNode answer = ok(call("POST", SEND + "?refresh=wait_for", wrong.toString()));
        assertEquals("error", answer.at("/items/0/result").asText());
        assertFalse(answer.has("timed_out"));
    }

    public void testWhoWaitsTooShortIsToldAndLosesNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try {
            occupyFollowers(release);
            for (int i = 0; i < 5; i++) {
                JsonNode answer =
                        ok(
                                call(
                                        "POST",
                                        SEND + "?refresh=wait_for&timeout=10ms",
                                        randomEvent("u1").toString()));
                assertEquals("created", answer.at("/items/0/result").asText());
                assertTrue(answer.toString(), answer.path("timed_out").asBoolean());
            }
        } finally {
            release.countDown();
        }
        awaitAll();
        assertEquals(5, total("u1"));
    }

    /** Leaves followers no thread to work on. */
    private static void occupyFollowers(CountDownLatch release) throws Exception {
        for (ThreadPool pool : internalCluster().getInstances(ThreadPool.class)) {
            int threads = pool.info("persona_followers").getMax();
            CountDownLatch busy = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                pool.executor("persona_followers")
                        .execute(
                                () -> {
                                    busy.countDown();
                                    safeAwait(release);
                                });
            }
            safeAwait(busy);
        }
    }

    public void testWrongParametersAreRefused() throws Exception {
        String event = randomEvent("u1").toString();
        assertRefused(
                400,
                "[refresh] must be wait_for or false, was [maybe]",
                call("POST", SEND + "?refresh=maybe", event));
        assertRefused(
                400, "[timeout]", call("POST", SEND + "?refresh=wait_for&timeout=soon", event));
        assertRefused(400, "[timeout]", call("POST", SEND + "?refresh=wait_for&timeout=5", event));
        assertEquals(0, documents(EVENTS).size());
    }

    public void testTheStatsSayHowFarEachShardIs() throws Exception {
        for (int i = 0; i < 30; i++) {
            send("products", List.of(randomEvent("u" + i)));
        }
        send("products", List.of(randomEvent("u0")));
        ok(call("POST", SEND, randomEvent("u0").put("type", "clik").toString()));
        awaitAll();

        JsonNode all = ok(call("GET", "/_persona/stats"));
        JsonNode one = ok(call("GET", "/products/_persona/stats"));

        assertEquals("products", one.path("catalog").asText());
        for (JsonNode stats : List.of(all, one)) {
            assertEquals(stats.toString(), 2, stats.at("/_nodes/successful").asInt());
            int followers = 0;
            int applied = 0;
            int created = 0;
            int errors = 0;
            for (JsonNode node : stats.path("nodes")) {
                assertTrue(node.toString(), node.path("name").isTextual());
                JsonNode catalog = stats == all ? node.at("/catalogs/products") : node;
                created += catalog.at("/events/created").asInt();
                errors += catalog.at("/events/error").asInt();
                for (JsonNode follower : catalog.path("followers")) {
                    followers++;
                    applied += follower.path("applied").asInt(-100) + 1;
                    assertEquals(follower.path("global_checkpoint"), follower.path("applied"));
                    assertEquals(0, follower.path("operations_behind").asInt(-1));
                    assertEquals(0, follower.path("milliseconds_behind").asInt(-1));
                    assertEquals(0, follower.path("buffered_bytes").asInt(-1));
                    assertEquals(0, follower.path("events_skipped").asInt(-1));
                }
            }
            assertEquals(SHARDS, followers);
            assertEquals(31, applied);
            // Counted for each node since it started, and other tests run on these, too.
            assertTrue(stats.toString(), created >= 31);
            assertTrue(stats.toString(), errors >= 1);
        }
        assertRefused(404, "[nope]", call("GET", "/nope/_persona/stats"));
    }
}
