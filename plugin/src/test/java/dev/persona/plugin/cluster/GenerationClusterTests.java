package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.elasticsearch.client.Request;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Vectors that follow users and products, and generations that take turns under way. */
public class GenerationClusterTests extends PersonaClusterTestCase {
    private static final int SWITCHES = 100;

    private static JsonNode profile(String user) throws IOException {
        return ok(call("GET", "/products/_persona/profiles/" + user));
    }

    private static JsonNode learned(String item) throws IOException {
        return ok(call("GET", "/products/_doc/" + item + "?_source_exclude_vectors=false"))
                .at("/_source/persona");
    }

    private static double dot(JsonNode a, JsonNode b) {
        assertEquals(8, a.size());
        assertEquals(8, b.size());
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i).asDouble() * b.get(i).asDouble();
        }
        return sum;
    }

    private static void assertAlike(String what, JsonNode expected, JsonNode actual) {
        assertEquals(what, 8, expected.size());
        assertEquals(what, 8, actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(what, expected.get(i).asDouble(), actual.get(i).asDouble(), 1e-3);
        }
    }

    private static JsonNode train(int seed) throws IOException {
        return ok(
                call(
                        "POST",
                        "/products/_persona/factors/_train",
                        "{\"iterations\": 1, \"seed\": " + seed + "}"));
    }

    public void testTheFirstEventOfAUserGivesAVector() throws Exception {
        TasteShop.open("products", 1);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");

        ObjectNode look = event("e1", "new", "view", "p3", System.currentTimeMillis());
        ok(call("POST", "/products/_persona/events?refresh=wait_for", look.toString()));

        JsonNode vector = profile("new").at("/interest/vector");
        double[] sums = new double[2];
        for (int i = 0; i < TasteShop.PRODUCTS; i++) {
            sums[i % 2] += dot(vector, learned("p" + i).path("vector_a"));
        }
        assertTrue(sums[0] + " against " + sums[1], sums[1] > 2 * Math.abs(sums[0]));
        // And it is written with the profile.
        awaitProfiles("products");
        JsonNode stored = ok(call("GET", "/persona-profiles-products/_doc/new")).path("_source");
        assertAlike("stored", vector, stored.path("interest_a"));
        assertEquals(Json.readText("{\"a\": 1}"), stored.path("generations"));
    }

    public void testAProductThatTheShopOverwritesGetsItsVectorBack() throws Exception {
        TasteShop.open("products", 2);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");
        JsonNode before = learned("p3");

        String bare = "{\"title\": \"lamp\", \"brand\": \"bolt\"}";
        for (int i = 0; i < 10; i++) {
            ok(call("PUT", "/products/_doc/p" + i, bare));
        }

        assertEquals(1, before.path("generation_a").asInt());
        assertBusy(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        assertEquals(1, learned("p" + i).path("generation_a").asInt());
                    }
                    assertAlike("p3", before.path("vector_a"), learned("p3").path("vector_a"));
                },
                20,
                TimeUnit.SECONDS);
        assertEquals(
                before.path("popularity_a").asDouble(),
                learned("p3").path("popularity_a").asDouble(),
                1e-6);
    }

    public void testAProductThatIsReadAndWrittenBackKeepsItsVector() throws Exception {
        TasteShop.open("products", 1);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");
        JsonNode before = learned("p3").path("vector_a");

        JsonNode shown = ok(call("GET", "/products/_doc/p3")).path("_source");
        ok(call("PUT", "/products/_doc/p3", shown.toString()));

        assertEquals(1, shown.at("/persona/generation_a").asInt());
        assertEquals(0, shown.at("/persona/vector_a").size());
        assertBusy(
                () -> assertAlike("p3", before, learned("p3").path("vector_a")),
                20,
                TimeUnit.SECONDS);
    }

    public void testAnIndexThatJoinsTheAliasLaterGetsFieldsAndVectors() throws Exception {
        TasteShop.stock("shelf-1", 1);
        ok(call("PUT", "/shelf-1/_alias/products"));
        register("products", 8);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");

        createProducts("shelf-2", 1);
        putProduct("shelf-2", "late", "bolt", 12);
        ok(call("PUT", "/shelf-2/_alias/products"));

        assertBusy(
                () ->
                        assertEquals(
                                8,
                                ok(call("GET", "/shelf-2/_doc/late?_source_exclude_vectors=false"))
                                        .at("/_source/persona/vector_a")
                                        .size()),
                20,
                TimeUnit.SECONDS);
        assertEquals(
                "dense_vector",
                ok(call("GET", "/shelf-2/_mapping"))
                        .at("/shelf-2/mappings/properties/persona/properties/vector_a/type")
                        .asText());
    }

    public void testEventsThatArriveDuringATrainingAreInTheVectorsOfTheNewGeneration()
            throws Exception {
        TasteShop.open("products", 1);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread shoppers =
                new Thread(
                        () -> {
                            try {
                                for (int i = 0; !over.get(); i++) {
                                    String user = "u" + i % TasteShop.USERS;
                                    String item = "p" + i % TasteShop.PRODUCTS;
                                    long now = System.currentTimeMillis();
                                    send(
                                            "products",
                                            List.of(event("d" + i, user, "click", item, now)));
                                }
                            } catch (Throwable e) {
                                failure.set(e);
                            }
                        });
        shoppers.start();
        JsonNode last = null;
        try {
            for (int i = 0; i < 3; i++) {
                last = train(i);
            }
        } finally {
            over.set(true);
            shoppers.join();
        }
        awaitProfiles("products");

        assertNull(failure.get());
        String slot = last.path("slot").asText();
        for (int user = 0; user < TasteShop.USERS; user++) {
            JsonNode stored =
                    ok(call("GET", "/persona-profiles-products/_doc/u" + user)).path("_source");
            JsonNode fresh = profile("u" + user).path("interest");
            assertEquals(last.path("generation"), fresh.path("generation"));
            assertEquals(last.path("generation"), stored.at("/generations/" + slot));
            assertAlike("u" + user, fresh.path("vector"), stored.path("interest_" + slot));
        }
    }

    public void testSearchesNeverMixGenerationsHoweverOftenTheySwitch() throws Exception {
        TasteShop.open("products", 2);
        TasteShop.train("products");
        Set<Double> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger searches = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> searchers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            searchers.add(
                    new Thread(
                            () -> {
                                try {
                                    while (!over.get()) {
                                        seen.add(matchOfP3());
                                        searches.incrementAndGet();
                                    }
                                } catch (Throwable e) {
                                    failure.set(e);
                                }
                            }));
        }
        searchers.forEach(Thread::start);
        List<Double> expected = new ArrayList<>(List.of(product()));
        try {
            for (int i = 0; i < SWITCHES; i++) {
                train(i);
                expected.add(product());
            }
        } finally {
            over.set(true);
            for (Thread searcher : searchers) {
                searcher.join();
            }
        }

        assertNull(failure.get());
        assertTrue("only " + searches.get() + " searches", searches.get() > SWITCHES);
        assertTrue("only " + seen.size() + " generations", seen.size() > SWITCHES / 4);
        for (double match : seen) {
            assertTrue(
                    match + " is of no generation",
                    expected.stream().anyMatch(one -> Math.abs(one - match) < 1e-3));
        }
    }

    /** Of the user u1 and the product p3, in the generation in use. */
    private static double product() throws IOException {
        JsonNode interest = profile("u1").path("interest");
        return dot(
                interest.path("vector"),
                learned("p3").path("vector_" + interest.path("slot").asText()));
    }

    private static double matchOfP3() throws IOException {
        Request search = new Request("POST", "/products/_search");
        search.setJsonEntity(
                """
                {"query": {"ids": {"values": ["p3"]}}, "explain": true,
                 "rescore": {"personalize": {"user": "u1"}}}
                """);
        JsonNode answer = ok(call(getRestClient(), search));
        for (JsonNode detail : answer.at("/hits/hits/0/_explanation/details")) {
            String text = detail.path("description").asText();
            if (text.startsWith("interest_dot = ")) {
                return Double.parseDouble(text.substring("interest_dot = ".length()));
            }
        }
        throw new AssertionError(answer.toString());
    }
}
