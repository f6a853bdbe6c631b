package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Map;
import java.util.Optional;

/** Trainings that nobody waits for. */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsIT {

    /** So many that it lasts, so that the job can be looked at. */
    private static final int LONG = 1000;

    private final ElasticsearchClient client;
    private SmallShop shop;

    JobsIT(LocalCluster cluster) {
        this.client = cluster.client(0);
    }

    @BeforeAll
    void open() {
        shop = SmallShop.withProfiles(client, "jobs-shop");
    }

    private String start(String job, Map<String, Object> body) {
        JsonNode answer = client.call("POST", shop.path(job + "?wait_for_completion=false"), body);
        assertEquals(1, answer.size(), answer.toString());
        return answer.path("task").asText();
    }

    private JsonNode task(String id) {
        return client.call("GET", "/_tasks/" + id, null);
    }

    private JsonNode awaitPhase(String id, String phase) {
        return Eventually.get(
                "task " + id + " is " + phase,
                () -> {
                    JsonNode task = task(id);
                    assertFalse(task.path("completed").asBoolean(), task.toString());
                    return Optional.of(task.at("/task/status"))
                            .filter(status -> status.path("phase").asText().equals(phase));
                });
    }

    private JsonNode awaitResult(String id) {
        return Eventually.get(
                "task " + id + " is completed",
                () -> Optional.of(task(id)).filter(task -> task.path("completed").asBoolean()));
    }

    private int generation() {
        return client.call("GET", shop.path(""), null).at("/state/factors/generation").asInt();
    }

    @Test
    void aJobShowsItsPhaseAndProgressAndLeavesItsResult() {
        String id = start("/factors/_train", Map.of("iterations", LONG));
        JsonNode status = awaitPhase(id, "factorizing");
        assertEquals(LONG, status.path("total").asInt(), status.toString());
        Eventually.isTrue(
                "iterations are counted",
                () -> task(id).at("/task/status/done").asInt() > status.path("done").asInt());

        JsonNode result = awaitResult(id);
        assertEquals(LONG, result.at("/response/parameters/iterations").asInt(), "" + result);
        assertEquals(generation(), result.at("/response/generation").asInt(), "" + result);
        JsonNode stored = client.call("GET", "/.tasks/_doc/" + id, null);
        assertEquals(result.at("/response"), stored.at("/_source/response"));
    }

    @Test
    void aCancelledJobEndsSoonAndLeavesWhatWasThere() {
        int before = generation();
        String id = start("/factors/_train", Map.of("iterations", LONG));
        awaitPhase(id, "factorizing");

        client.call("POST", "/_tasks/" + id + "/_cancel", null);

        JsonNode result = awaitResult(id);
        assertEquals("task_cancelled_exception", result.at("/error/type").asText(), "" + result);
        assertEquals(before, generation());
        client.call("POST", shop.path("/factors/_train"), Map.of("iterations", 1));
        // The number of what was cancelled is not taken again.
        assertEquals(before + 2, generation());
    }

    @Test
    void aSecondJobOfTheSameKindIsRefusedWhileOneIsAtWork() {
        String id = start("/factors/_train", Map.of("iterations", LONG));
        awaitPhase(id, "factorizing");

        Answer second = client.send("POST", shop.path("/factors/_train"), Map.of());

        assertEquals(409, second.status());
        String reason = second.json().at("/error/reason").asText();
        assertTrue(reason.contains(id), reason);
        client.call("POST", "/_tasks/" + id + "/_cancel?wait_for_completion=true", null);
        awaitResult(id);
    }

    @Test
    void aJobThatFailedStandsInNobodysWay() {
        String failed = start("/factors/_train", Map.of("iteratons", 1));

        client.call("POST", shop.path("/factors/_train"), Map.of("iterations", 1));

        JsonNode result = awaitResult(failed);
        String reason = result.at("/error/reason").asText();
        assertTrue(reason.contains("[iteratons] is not known, did you mean [iterations]?"), reason);
    }

    @Test
    void aRankerIsTrainedWithoutWaitingToo() {
        String id =
                start(
                        "/models/default/_train",
                        Map.of("trees", 30, "leaves", 8, "min_data_in_leaf", 20));
        JsonNode result = awaitResult(id);
        assertEquals("default", result.at("/response/model").asText(), result.toString());
        JsonNode model = client.call("GET", shop.path("/models/default"), null);
        assertEquals(result.at("/response/version"), model.path("active_version"));
    }
}
