package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a product index to a search that knows its user, on one node. */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalSearchIT {

    private static final String ACME = SmallShop.userWhoLikes("acme");
    private static final String BORG = SmallShop.userWhoLikes("borg");

    private final LocalCluster cluster;
    private final ElasticsearchClient client;
    private final SmallShop shop = new SmallShop("personal-shop");
    private final List<ObjectNode> history = shop.history();
    private JsonNode factors;
    private JsonNode ranker;

    PersonalSearchIT(LocalCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client(0);
    }

    @BeforeAll
    void learnFromTheHistory() {
        shop.open(client, 2, 0);
        shop.send(client, history);
        shop.awaitProfiles(client);
        factors = client.call("POST", shop.path("/factors/_train"), Map.of("iterations", 5));
        ranker = shop.trainRanker(client);
        client.call("POST", shop.path("/models/default/_reload"), null);
    }

    @Test
    void profilesCountEveryEventOnce() {
        Map<String, Map<String, Integer>> counted = SmallShop.count(history);
        assertEquals(counted, shop.countOfProfiles(client, counted.keySet()));
        JsonNode state = client.call("GET", shop.path(""), null).path("state");
        assertTrue(state.path("events").asInt() >= history.size(), state.toString());
        assertTrue(state.path("profiles").asInt() >= counted.size(), state.toString());
    }

    @Test
    void aProfileTellsTheTasteOfItsUser() {
        JsonNode brands = profile(ACME).at("/profile/affinities/brand");
        String liked = "";
        for (var brand : brands.properties()) {
            if (liked.isEmpty() || brand.getValue().asDouble() > brands.path(liked).asDouble()) {
                liked = brand.getKey();
            }
        }
        assertEquals("acme", liked, brands.toString());
    }

    private JsonNode profile(String user) {
        return client.call("GET", shop.path("/profiles/" + user), null);
    }

    @Test
    void anEventIsInItsProfileWithinASecond() {
        long best = Long.MAX_VALUE;
        // The first may meet a pause of a busy machine.
        for (int i = 0; i < 3 && best > 1000; i++) {
            String user = "newcomer-" + i;
            client.call("POST", shop.path("/events"), view(user, "p1"));
            best = Math.min(best, awaitProfile(user).toMillis());
        }
        assertTrue(best <= 1000, best + " ms");
    }

    private static Map<String, Object> view(String user, String item) {
        return Map.of("user_id", user, "type", "view", "item_id", item);
    }

    private Duration awaitProfile(String user) {
        long start = System.nanoTime();
        Eventually.isTrue(
                "profile of " + user,
                () ->
                        client.send("GET", shop.path("/profiles/" + user), null)
                                .json()
                                .path("found")
                                .asBoolean());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void trainingFactorsGivesVectorsToProductsAndProfiles() {
        assertEquals(1, factors.path("generation").asInt(), factors.toString());
        assertEquals(240, factors.path("items").asInt(), factors.toString());
        JsonNode losses = factors.path("loss");
        assertTrue(losses.get(losses.size() - 1).asDouble() < losses.get(0).asDouble());
        JsonNode interest = profile(ACME).path("interest");
        assertEquals(1, interest.path("generation").asInt(), interest.toString());
        assertEquals(16, interest.path("vector").size(), interest.toString());
    }

    @Test
    void theRankerIsStoredAsAVersionWithItsFeaturesAndMetrics() {
        JsonNode model = client.call("GET", shop.path("/models/default"), null);
        assertEquals(ranker.path("version"), model.path("active_version"));
        JsonNode version = model.at("/versions/0");
        assertEquals(ranker.path("version"), version.path("version"), version.toString());
        assertTrue(version.path("feature_set").toString().contains("interest_dot"), "" + version);
        JsonNode ndcg = version.at("/metrics/ndcg_10");
        assertTrue(
                ndcg.path("model").asDouble() > ndcg.path("shown").asDouble() + 0.1, "" + version);
    }

    @Test
    void everyNodeSaysWhichModelItHolds() {
        JsonNode reloaded = client.call("POST", shop.path("/models/default/_reload"), null);
        assertEquals(1, reloaded.at("/_nodes/successful").asInt(), reloaded.toString());
        JsonNode node = reloaded.path("nodes").elements().next();
        assertEquals(ranker.path("version"), node.path("version"), node.toString());

        JsonNode info = client.call("GET", "/_persona", null);
        JsonNode here = info.path("nodes").elements().next();
        assertTrue(here.at("/blas/loaded").asBoolean(), info.toString());
        assertTrue(here.at("/lightgbm/loaded").asBoolean(), info.toString());
        assertTrue(here.at("/vector_api").asBoolean(), info.toString());
        assertEquals(Optional.of(ranker.path("version").asInt()), loadedVersion());
    }

    private Optional<Integer> loadedVersion() {
        JsonNode info = client.call("GET", "/_persona", null);
        for (JsonNode model : info.path("nodes").elements().next().path("models")) {
            if (model.path("catalog").asText().equals(shop.index())) {
                return Optional.of(model.path("version").asInt());
            }
        }
        return Optional.empty();
    }

    @Test
    void twoUsersOfDifferentTasteGetDifferentOrdersForTheSameQuery() {
        Ranking acme = Ranking.personal(client, shop.index(), "lantern", ACME);
        Ranking borg = Ranking.personal(client, shop.index(), "lantern", BORG);
        assertNotEquals(acme.ids(), borg.ids());
        // A quarter of the lanterns is of each brand.
        assertTrue(ofBrand("acme", acme) >= 15, acme.toString());
        assertTrue(ofBrand("borg", borg) >= 15, borg.toString());
    }

    private static long ofBrand(String brand, Ranking ranking) {
        return ranking.ids().stream().filter(id -> SmallShop.brand(id).equals(brand)).count();
    }

    @Test
    void theExplanationOfEachHitAddsUpToItsScoreAndNamesFeatures() {
        Map<String, Object> search = new HashMap<>(Ranking.personalSearch("lantern", ACME));
        search.put("explain", true);
        JsonNode hits =
                client.call("POST", "/" + shop.index() + "/_search", search).at("/hits/hits");
        assertEquals(20, hits.size());
        for (JsonNode hit : hits) {
            JsonNode explanation = hit.path("_explanation");
            double sum = 0;
            for (JsonNode detail : explanation.path("details")) {
                sum += detail.path("value").asDouble();
            }
            double score = hit.path("_score").asDouble();
            assertEquals(score, explanation.path("value").asDouble(), Math.abs(score) * 1e-6);
            assertEquals(score, sum, Math.max(1, Math.abs(score)) * 1e-4, hit.toString());
            String said = explanation.path("details").toString();
            for (String feature : List.of("interest_dot = ", "price = ", "affinity_brand = ")) {
                assertTrue(said.contains("\"" + feature), said);
            }
        }
    }

    @Test
    void aUserWithoutProfileGetsThePlainSearch() {
        assertEquals(
                Ranking.plain(client, shop.index(), "lantern"),
                Ranking.personal(client, shop.index(), "lantern", "stranger"));
    }

    /** Counts by type, without what fades while the node starts. */
    private JsonNode totals(String user) {
        JsonNode events = profile(user).path("profile").path("events");
        events.forEach(count -> ((ObjectNode) count).remove("decayed"));
        return events;
    }

    @Test
    void everythingIsThereAfterARestartOfTheNode() {
        JsonNode profile = totals(BORG);
        Ranking before = Ranking.personal(client, shop.index(), "chair", BORG);

        cluster.restart(0);

        assertEquals(profile, totals(BORG));
        Eventually.isTrue(
                "the model is loaded without a search that asks for it",
                () -> loadedVersion().equals(Optional.of(ranker.path("version").asInt())));
        Ranking after = Ranking.personal(client, shop.index(), "chair", BORG);
        // Items grow older between the two searches, so scores may move, if hardly.
        assertEquals(before.ids(), after.ids());
        for (int i = 0; i < before.scores().size(); i++) {
            assertEquals(before.scores().get(i), after.scores().get(i), 0.05);
        }
        client.call("POST", shop.path("/events"), view("returned", "p1"));
        awaitProfile("returned");
    }

    @Test
    void theLogNamesNoUserAndNoQueryAndThePluginWarnsOfNothing() throws IOException {
        Map<String, Object> strict = Map.of("user", "secretive", "missing_profile", "fail");
        Answer refused =
                client.send(
                        "POST",
                        "/" + shop.index() + "/_search",
                        Map.of(
                                "query", Map.of("match", Map.of("title", "discreet")),
                                "rescore", Ranking.rescore(strict)));
        assertEquals(404, refused.status());
        client.call("POST", shop.path("/events"), Map.of("user_id", "secretive", "type", "clik"));

        List<String> log = Files.readAllLines(cluster.log(0));
        for (String secret : List.of("shopper-", "secretive", "discreet", "newcomer")) {
            assertEquals(
                    List.of(), log.stream().filter(line -> line.contains(secret)).toList(), secret);
        }
        List<String> ofLoneliness =
                log.stream().filter(line -> line.contains("fully-formed single-node")).toList();
        assertEquals(List.of(), ofLoneliness);
        List<String> warnings =
                log.stream()
                        .filter(line -> line.matches("\\[[^]]*]\\[(WARN |ERROR)].*"))
                        .filter(line -> line.contains("[d.p.") || line.contains("SLF4J"))
                        .toList();
        assertEquals(List.of(), warnings);
    }
}
