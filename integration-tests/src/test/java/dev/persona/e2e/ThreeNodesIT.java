package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Products, events and models spread over three nodes, of which one is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeNodesIT {

    private LocalCluster cluster;

    @BeforeAll
    void start() {
        cluster = LocalCluster.builder().nodes(3).start();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void aPersonalSearchIsAnsweredAlikeByEachNode() {
        ElasticsearchClient client = cluster.client(0);
        SmallShop shop = new SmallShop("everywhere-shop");
        shop.open(client, 3, 1);
        shop.send(client, shop.history());
        shop.awaitProfiles(client);
        client.call("POST", shop.path("/factors/_train"), Map.of("iterations", 5));
        shop.trainRanker(client);

        JsonNode reloaded = client.call("POST", shop.path("/models/default/_reload"), null);
        assertEquals(3, reloaded.at("/_nodes/successful").asInt(), reloaded.toString());
        assertEquals(3, reloaded.path("nodes").size(), reloaded.toString());
        assertEquals(
                Collections.nCopies(3, 1),
                IntStream.range(0, 3).mapToObj(this::loadedModels).toList());

        String user = SmallShop.userWhoLikes("acme");
        for (int round = 0; round < 10; round++) {
            List<Ranking> rankings = fromEachNode(shop, user);
            assertEquals(Collections.nCopies(3, rankings.get(0)), rankings);
        }
    }

    private int loadedModels(int node) {
        JsonNode info = cluster.client(0).call("GET", "/_persona", null);
        for (JsonNode there : info.path("nodes")) {
            if (there.path("name").asText().equals(cluster.name(node))) {
                return there.path("models").size();
            }
        }
        return -1;
    }

    private List<Ranking> fromEachNode(SmallShop shop, String user) {
        while (true) {
            Instant minute = minute();
            List<Ranking> rankings =
                    IntStream.range(0, 3)
                            .mapToObj(
                                    node ->
                                            Ranking.personal(
                                                    cluster.client(node),
                                                    shop.index(),
                                                    "lantern",
                                                    user))
                            .toList();
            // Items grow older by the minute: only within one are all scores the same.
            if (minute.equals(minute())) {
                return rankings;
            }
        }
    }

    private static Instant minute() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES);
    }

    @Test
    void noEventIsLostOrCountedTwiceWhenTheNodeOfTheEventsIsKilled() {
        SmallShop shop = new SmallShop("chaos-shop");
        shop.open(cluster.client(0), 1, 1);
        List<ObjectNode> events = new ArrayList<>(shop.history());
        awaitGreen(cluster.client(0));
        PatientSender sender = new PatientSender(cluster, shop);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sender.send(events));
        Eventually.isTrue("some are acknowledged", () -> sender.acknowledged() > 500);

        int killed = holderOfTheEvents(shop);
        cluster.kill(killed);
        sending.join();

        assertTrue(sender.repeated() > 0, "the sender was done before the kill");
        assertEquals(events.size(), sender.acknowledged());
        ElasticsearchClient alive = cluster.client((killed + 1) % 3);
        Map<String, Map<String, Integer>> counted = SmallShop.count(events);
        shop.awaitProfiles(alive);
        assertEquals(counted, shop.countOfProfiles(alive, counted.keySet()));

        cluster.restart(killed);
        shop.awaitProfiles(alive);
        assertEquals(counted, shop.countOfProfiles(cluster.client(killed), counted.keySet()));
    }

    private static void awaitGreen(ElasticsearchClient client) {
        client.call("GET", "/_cluster/health?wait_for_status=green&expand_wildcards=all", null);
    }

    private int holderOfTheEvents(SmallShop shop) {
        JsonNode shards =
                cluster.client(0)
                        .call(
                                "GET",
                                "/_cat/shards/persona-events-" + shop.index() + "?format=json",
                                null);
        for (JsonNode shard : shards) {
            if (shard.path("prirep").asText().equals("p")) {
                return IntStream.range(0, 3)
                        .filter(i -> cluster.name(i).equals(shard.path("node").asText()))
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new AssertionError("no primary shard of the events in " + shards);
    }
}
