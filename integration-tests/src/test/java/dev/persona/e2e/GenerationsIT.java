package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.UnexpectedStatusException;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generations on three nodes, one of which is killed while a training is under way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerationsIT {
    /** When the node ends, in milliseconds after the training began. */
    private static final List<Integer> KILLS = List.of(100, 600, 1200, 2200);

    private final SmallShop shop = new SmallShop("generations-shop");
    private LocalCluster cluster;

    @BeforeAll
    void start() {
        cluster = LocalCluster.builder().nodes(3).start();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** What is in use. */
    private record Generation(int number, String slot) {}

    private Generation inUse(ElasticsearchClient client) {
        JsonNode factors = client.call("GET", shop.path(""), null).at("/state/factors");
        return new Generation(factors.path("generation").asInt(), factors.path("slot").asText());
    }

    @Test
    void eitherTheOldOrTheNewGenerationServesWholeWhicheverNodeIsKilled() {
        ElasticsearchClient first = cluster.client(0);
        shop.open(first, 2, 1);
        shop.send(first, shop.history());
        shop.awaitProfiles(first);
        train(first, 0);
        assertWhole(first);
        int earlier = inUse(first).number();

        for (int kill = 0; kill < KILLS.size(); kill++) {
            int called = kill % 3;
            // The one that trains, and another one, in turn.
            int killed = kill % 2 == 0 ? called : (called + 1) % 3;
            ElasticsearchClient alive = cluster.client((killed + 1) % 3);
            cluster.client(called)
                    .call(
                            "POST",
                            shop.path("/factors/_train?wait_for_completion=false"),
                            Map.of("iterations", 20, "seed", kill));
            pause(KILLS.get(kill));
            cluster.kill(killed);
            Eventually.isTrue("the others go on", () -> answers(alive));
            assertWhole(alive);
            cluster.restart(killed);
            cluster.awaitUp();
            for (int node = 0; node < 3; node++) {
                assertWhole(cluster.client(node));
            }
            int now = inUse(alive).number();
            assertTrue(now >= earlier, now + " after " + earlier);
            earlier = now;
        }

        train(first, 100);
        Generation last = inUse(first);
        assertTrue(last.number() > earlier, last + " after " + earlier);
        assertWhole(first);
        JsonNode cards =
                first.call(
                        "POST",
                        "/persona-state-" + shop.index() + "/_search",
                        Map.of("query", Map.of("term", Map.of("kind", "factors"))));
        assertTrue(cards.at("/hits/total/value").asInt() <= 2, cards.toString());
    }

    private boolean answers(ElasticsearchClient client) {
        try {
            client.call("GET", shop.path(""), null);
            return true;
        } catch (UnexpectedStatusException e) {
            return false;
        }
    }

    /** To its end; a training that a kill has left alive ends first. */
    private void train(ElasticsearchClient client, int seed) {
        Eventually.get(
                "a training",
                () -> {
                    try {
                        return Optional.of(
                                client.call(
                                        "POST",
                                        shop.path("/factors/_train"),
                                        Map.of("iterations", 5, "seed", seed)));
                    } catch (UnexpectedStatusException e) {
                        if (e.status() == 409) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    /**
     * All products and all users have vectors of the generation in use, whichever that is when they
     * are asked: a training that was left alive may switch meanwhile.
     */
    private void assertWhole(ElasticsearchClient client) {
        Eventually.isTrue(
                "a whole generation",
                () -> {
                    Generation before = inUse(client);
                    boolean whole = isWhole(client, before);
                    return whole || !inUse(client).equals(before) ? whole : fail(before);
                });
        for (String brand : SmallShop.BRANDS) {
            JsonNode answer =
                    client.call(
                            "POST",
                            shop.path("/recommend"),
                            Map.of("user", SmallShop.userWhoLikes(brand), "size", 5));
            assertEquals(5, answer.path("items").size(), answer.toString());
            assertTrue(answer.path("found").asBoolean(), answer.toString());
        }
    }

    private boolean fail(Generation generation) {
        throw new AssertionError(generation + " is in use and not whole");
    }

    private boolean isWhole(ElasticsearchClient client, Generation generation) {
        try {
            client.call("POST", "/" + shop.index() + "/_refresh", null);
            JsonNode filled =
                    client.call(
                            "POST",
                            "/" + shop.index() + "/_count",
                            Map.of(
                                    "query",
                                    Map.of(
                                            "term",
                                            Map.of(
                                                    "persona.generation_" + generation.slot(),
                                                    generation.number()))));
            JsonNode all = client.call("GET", "/" + shop.index() + "/_count", null);
            JsonNode interest =
                    client.call(
                                    "GET",
                                    shop.path("/profiles/" + SmallShop.userWhoLikes("acme")),
                                    null)
                            .path("interest");
            return filled.path("count").asInt() == all.path("count").asInt()
                    && interest.path("generation").asInt() == generation.number()
                    && interest.path("vector").size() > 0;
        } catch (UnexpectedStatusException e) {
            // A shard is on its way to another node.
            Eventually.isTrue("all shards", () -> answers(client));
            pause(200);
            return isWhole(client, generation);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
