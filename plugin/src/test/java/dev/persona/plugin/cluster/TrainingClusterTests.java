package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.plugin.json.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Jobs: training factors and ranking models. */
public class TrainingClusterTests extends PersonaClusterTestCase {
    private static final String FACTORS = "/products/_persona/factors/_train";

    private static JsonNode source(String item) throws IOException {
        return ok(call("GET", "/products/_doc/" + item + "?_source_exclude_vectors=false"))
                .path("_source");
    }

    private static double[] vector(JsonNode json) {
        double[] vector = new double[json.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = json.get(i).asDouble();
        }
        return vector;
    }

    private static double dot(double[] a, double[] b) {
        assertEquals(8, a.length);
        assertEquals(8, b.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    public void testInterestsMeetTheItemsOfTheirTaste() throws Exception {
        TasteShop.open("products", 2);
        TasteShop.visit("products");

        JsonNode trained = TasteShop.trainFactors("products");

        assertEquals(1, trained.path("generation").asInt());
        assertEquals("a", trained.path("slot").asText());
        assertEquals(TasteShop.USERS, trained.path("users").asInt());
        assertEquals(TasteShop.PRODUCTS, trained.path("items").asInt());
        assertEquals(5, trained.path("loss").size());
        assertEquals(
                Json.readText("{\"generation\": 1, \"slot\": \"a\"}"),
                ok(call("GET", "/products/_persona")).at("/state/factors"));
        for (int user = 0; user < TasteShop.USERS; user++) {
            JsonNode interest =
                    ok(call("GET", "/products/_persona/profiles/u" + user)).path("interest");
            assertEquals(1, interest.path("generation").asInt());
            double[] sums = new double[2];
            for (int item = 0; item < TasteShop.PRODUCTS; item++) {
                sums[(item + user) % 2] +=
                        dot(
                                vector(interest.path("vector")),
                                vector(source("p" + item).at("/persona/vector_a")));
            }
            assertTrue(sums[0] + " against " + sums[1], sums[0] > 4 * Math.abs(sums[1]));
        }
    }

    public void testGenerationsTakeTurnsAndLeaveNothingOfTheOneBefore() throws Exception {
        TasteShop.open("products", 1);
        TasteShop.visit("products");
        long now = System.currentTimeMillis();
        // Somebody who looks at something that nobody else ever sees.
        putProduct("products", "rare", "acme", 5);
        send("products", List.of(event("look", "loner", "view", "rare", now)));
        awaitProfiles("products");

        TasteShop.trainFactors("products");
        JsonNode first = source("rare");
        // It was a mistake, so they make no interaction any more.
        send("products", List.of(event("away", "loner", "dismiss", "rare", now)));
        awaitProfiles("products");
        JsonNode second = TasteShop.trainFactors("products");
        JsonNode between = source("p0");
        JsonNode third = TasteShop.trainFactors("products");

        assertEquals(8, first.at("/persona/vector_a").size());
        assertEquals("b", second.path("slot").asText());
        assertEquals(8, between.at("/persona/vector_a").size());
        assertEquals(8, between.at("/persona/vector_b").size());
        assertEquals(3, third.path("generation").asInt());
        assertEquals("a", third.path("slot").asText());
        // What nobody takes to any more is described by what it is like, in this generation's slot.
        assertEquals(3, source("rare").at("/persona/generation_a").asInt());
        assertEquals(2, source("rare").at("/persona/generation_b").asInt());
        assertEquals(8, source("rare").at("/persona/vector_a").size());
        assertFalse(first.at("/persona/vector_a").equals(source("rare").at("/persona/vector_a")));
        JsonNode loner = ok(call("GET", "/products/_persona/profiles/loner"));
        assertTrue(loner.toString(), loner.path("interest").isMissingNode());
        assertEquals(1, loner.at("/profile/events/dismiss/total").asInt());
        assertEquals(
                8, ok(call("GET", "/products/_persona/profiles/u1")).at("/interest/vector").size());
    }

    public void testInterestsSurviveTheEventsThatFollow() throws Exception {
        TasteShop.open("products", 1);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");
        long now = System.currentTimeMillis();

        send("products", List.of(event("later", "u1", "click", "p1", now)));
        awaitProfiles("products");

        JsonNode profile = ok(call("GET", "/products/_persona/profiles/u1"));
        assertEquals(8, profile.at("/interest/vector").size());
        assertTrue(profile.toString(), profile.at("/profile/events/click/total").asInt() == 5);
    }

    public void testNothingToLearnFromIsSaid() throws Exception {
        TasteShop.open("products", 1);

        assertRefused(400, "training needs events about items", call("POST", FACTORS));
        assertRefused(
                400,
                "training needs at least 20 impressions",
                call("POST", "/products/_persona/models/default/_train"));
    }

    public void testBadParametersAreRefusedByName() throws Exception {
        TasteShop.open("products", 1);
        String model = "/products/_persona/models/default/_train";

        assertRefused(
                400,
                "[iteration] is not known, did you mean [iterations]?",
                call("POST", FACTORS, "{\"iteration\": 3}"));
        assertRefused(
                400,
                "[iterations] must be from 1 to 1000, was 0",
                call("POST", FACTORS, "{\"iterations\": 0}"));
        assertRefused(
                400,
                "[window] must be a time such as 30d, was [soon]",
                call("POST", FACTORS, "{\"window\": \"soon\"}"));
        assertRefused(
                400,
                "[half_life] must be from 1m to 36500d, was [1s]",
                call("POST", FACTORS, "{\"half_life\": \"1s\"}"));
        assertRefused(
                400,
                "[min_events] must be from 1 to 1000000, was 0",
                call("POST", FACTORS, "{\"min_events\": 0}"));
        assertRefused(400, "[alpha] must be between", call("POST", FACTORS, "{\"alpha\": -1}"));
        assertRefused(400, "[trees] must be from 1 to 5000", call("POST", model, "{\"trees\": 0}"));
        assertRefused(
                400,
                "[model] must be 1 to 64 lower-case letters",
                call("POST", "/products/_persona/models/No!/_train"));
    }

    public void testAModelIsTrainedStoredAndLoadedByAllNodes() throws Exception {
        TasteShop.open("products", 2);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");

        JsonNode trained = TasteShop.trainModel("products", "default");
        JsonNode again = TasteShop.trainModel("products", "default");
        JsonNode listed = ok(call("GET", "/products/_persona/models/default"));
        JsonNode reloaded = ok(call("POST", "/products/_persona/models/default/_reload"));

        assertEquals(1, trained.path("version").asInt());
        assertEquals(2, trained.path("loaded_by_nodes").asInt());
        assertEquals(48, trained.path("impressions").asInt());
        assertEquals(48, trained.path("lists").asInt());
        assertEquals(48 * 6, trained.path("examples").asInt());
        double shown = trained.at("/metrics/ndcg_10/shown").asDouble();
        double model = trained.at("/metrics/ndcg_10/model").asDouble();
        assertTrue(trained.toString(), model > shown + 0.2);
        assertTrue(trained.path("features").toString().contains("\"affinity_brand\""));
        assertEquals(2, again.path("version").asInt());
        assertEquals(2, listed.path("active_version").asInt());
        assertEquals(2, listed.path("versions").size());
        assertEquals(2, listed.at("/versions/0/version").asInt());
        assertEquals(trained.path("metrics"), listed.at("/versions/1/metrics"));
        assertFalse(listed.toString().contains("end of trees"));
        assertEquals(2, reloaded.at("/_nodes/successful").asInt());
        List<Integer> versions = new ArrayList<>();
        reloaded.path("nodes").forEach(node -> versions.add(node.path("version").asInt()));
        assertEquals(List.of(2, 2), versions);
        for (JsonNode node : ok(call("GET", "/_persona")).path("nodes")) {
            assertEquals(node.toString(), 2, node.at("/models/0/version").asInt());
            assertEquals(node.toString(), 1, node.path("models").size());
        }
    }

    public void testAModelThatIsNotThereIsNotFound() throws Exception {
        TasteShop.open("products", 1);

        assertRefused(
                404,
                "[products] has no ranking model [best], it has []; train it with POST",
                call("GET", "/products/_persona/models/best"));
        assertRefused(
                404,
                "has no ranking model [best]",
                call("POST", "/products/_persona/models/best/_reload"));
    }
}
