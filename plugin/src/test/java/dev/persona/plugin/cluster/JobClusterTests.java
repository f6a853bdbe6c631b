package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.Before;

import java.util.ArrayList;
import java.util.List;

/** Long jobs as tasks. */
public class JobClusterTests extends PersonaClusterTestCase {
    private static final String FACTORS = "/products/_persona/factors/_train";

    /** Vectors so long that a training goes on until it is stopped. */
    private static final int MANY_FACTORS = 512;

    @Before
    public void openTheShop() throws Exception {
        createProducts("products", 1);
        register("products", MANY_FACTORS);
        List<JsonNode> events = new ArrayList<>();
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < 4; item++) {
                String id = user + "-" + item;
                int number = (user + item * item) % 40;
                events.add(event(id, "u" + user, "view", "p" + number, 1_767_268_800_000L));
            }
        }
        send("products", events);
        awaitProfiles("products");
    }

    private static String start(String body) throws Exception {
        JsonNode started = ok(call("POST", FACTORS + "?wait_for_completion=false", body));
        String task = started.path("task").asText();
        assertTrue(started.toString(), task.matches(".+:\\d+"));
        return task;
    }

    private static JsonNode awaitPhase(String task, String phase) throws Exception {
        List<JsonNode> seen = new ArrayList<>();
        assertBusy(
                () -> {
                    JsonNode found = ok(call("GET", "/_tasks/" + task)).path("task");
                    assertEquals(phase, found.at("/status/phase").asText());
                    seen.add(found);
                });
        return seen.get(0);
    }

    private static JsonNode awaitEnd(String task) throws Exception {
        return ok(call("GET", "/_tasks/" + task + "?wait_for_completion=true&timeout=30s"));
    }

    public void testAJobIsATaskThatCanBeCancelledAndKeepsOthersOut() throws Exception {
        String task = start("{\"iterations\": 1000}");
        JsonNode working = awaitPhase(task, "factorizing");
        Reply second = call("POST", FACTORS);
        ok(call("POST", "/_tasks/" + task + "/_cancel"));
        JsonNode ended = awaitEnd(task);

        assertEquals("[products]", working.path("description").asText());
        assertEquals("indices:admin/persona/factors/train", working.path("action").asText());
        assertTrue(working.path("cancellable").asBoolean());
        assertEquals(1000, working.at("/status/total").asInt());
        assertRefused(409, "[products] is at work already as task [" + task + "]", second);
        assertEquals(
                ended.toString(), "task_cancelled_exception", ended.at("/error/type").asText());
        JsonNode state = ok(call("GET", "/products/_persona")).path("state");
        assertTrue("half a generation went live", state.path("factors").isMissingNode());
        assertFalse(ok(call("GET", "/_tasks?actions=*persona*")).toString().contains("factors"));
    }

    public void testTheResultOfAJobIsKeptForWhoDidNotWait() throws Exception {
        createProducts("others", 1);
        register("others", 2);
        send("others", List.of(event("e", "u", "view", "p", System.currentTimeMillis())));

        JsonNode started =
                ok(call("POST", "/others/_persona/factors/_train?wait_for_completion=false"));
        JsonNode ended = awaitEnd(started.path("task").asText());

        assertTrue(ended.toString(), ended.path("completed").asBoolean());
        assertEquals(1, ended.at("/response/generation").asInt());
        assertEquals(2, ended.at("/response/factors").asInt());
    }
}
