package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Recommendations, as a shop asks for them. */
public class RecommendClusterTests extends PersonaClusterTestCase {
    private static Reply post(String body) throws IOException {
        return call("POST", "/products/_persona/recommend", body.replace('\'', '"'));
    }

    private static JsonNode recommend(String body) throws IOException {
        return ok(post(body));
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("items").forEach(item -> ids.add(item.path("item").asText()));
        return ids;
    }

    private static long odd(List<String> ids) {
        return ids.stream().filter(id -> Integer.parseInt(id.substring(1)) % 2 == 1).count();
    }

    private static void openTrained() throws Exception {
        TasteShop.open("products", 2);
        TasteShop.visit("products");
        TasteShop.trainFactors("products");
    }

    private static JsonNode source(JsonNode item, String name) {
        for (JsonNode source : item.path("sources")) {
            if (source.path("source").asText().equals(name)) {
                return source;
            }
        }
        return item.path("none");
    }

    public void testEachUserIsRecommendedItemsOfTheOwnTasteAndToldWhy() throws Exception {
        openTrained();

        JsonNode odd = recommend("{'user': 'u3', 'size': 8, 'explain': true}");
        JsonNode even = recommend("{'user': 'u4', 'size': 8, '_source': ['brand']}");

        assertEquals(8, odd(ids(odd)));
        assertEquals(0, odd(ids(even)));
        assertTrue(odd.path("found").asBoolean());
        assertEquals(1, odd.path("generation").asInt());
        JsonNode first = odd.path("items").get(0);
        JsonNode because = source(first, "interest").path("items");
        assertTrue(first.toString(), because.size() > 0);
        because.forEach(item -> assertEquals(1, odd(List.of(item.asText()))));
        JsonNode parts = first.at("/explanation/parts");
        double sum = 0;
        for (JsonNode part : parts) {
            sum += part.asDouble();
        }
        assertEquals(first.path("score").asDouble(), sum, 1e-9);
        assertEquals("bolt", first.at("/_source/brand").asText());
        assertEquals("lamps", first.at("/_source/category").asText());
        assertEquals(1, even.at("/items/0/_source").size());
    }

    public void testWhatIsExcludedOrFilteredOutIsNotRecommended() throws Exception {
        openTrained();
        send("products", List.of(event("b1", "u3", "purchase", "p3", System.currentTimeMillis())));
        awaitProfiles("products");

        JsonNode seen = recommend("{'user': 'u3', 'size': 24, 'exclude': ['seen']}");
        JsonNode bought = recommend("{'user': 'u3', 'size': 24, 'exclude': ['purchased']}");
        JsonNode cheap =
                recommend("{'user': 'u3', 'size': 24, 'filter': {'range': {'price': {'lt': 14}}}}");
        JsonNode nothing = recommend("{'user': 'u3', 'filter': {'term': {'brand': 'nobody'}}}");

        assertFalse(ids(seen).contains("p3"));
        assertTrue(ids(seen).size() > 0 && ids(seen).size() < 24);
        assertEquals(23, ids(bought).size());
        assertFalse(ids(bought).contains("p3"));
        assertEquals(Set.of("p0", "p1", "p2", "p3"), Set.copyOf(ids(cheap)));
        assertEquals(0, ids(nothing).size());
    }

    public void testWhatWasBoughtIsRecommendedAgainWithItsDays() throws Exception {
        openTrained();
        long day = 86_400_000;
        long now = System.currentTimeMillis();
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            events.add(event("b" + i, "u3", "purchase", "p4", now - 10 * i * day));
        }
        send("products", events);
        awaitProfiles("products");

        JsonNode answer = recommend("{'user': 'u3', 'sources': ['repeat']}");

        assertEquals(List.of("p4"), ids(answer));
        JsonNode repeat = source(answer.path("items").get(0), "repeat");
        assertEquals(3, repeat.path("days").asInt());
        assertEquals(10, repeat.path("cycle_days").asDouble(), 0);
    }

    public void testNoMoreItemsThanAllowedShareAValue() throws Exception {
        openTrained();

        JsonNode answer =
                recommend("{'user': 'u3', 'size': 10, 'diversity': {'field': 'brand', 'max': 3}}");

        Map<String, Integer> brands = new HashMap<>();
        answer.path("items")
                .forEach(item -> brands.merge(item.at("/_source/brand").asText(), 1, Integer::sum));
        assertEquals(Map.of("acme", 3, "bolt", 3), brands);
    }

    public void testSomebodyUnknownGetsWhatIsLiked() throws Exception {
        openTrained();

        JsonNode answer = recommend("{'user': 'nobody', 'size': 5}");

        assertFalse(answer.path("found").asBoolean());
        assertEquals(5, ids(answer).size());
        answer.path("items")
                .forEach(
                        item ->
                                assertTrue(
                                        item.toString(),
                                        source(item, "popular").isObject()
                                                || source(item, "trending").isObject()));
    }

    public void testASessionOfNobodyIsServedAndNotStored() throws Exception {
        openTrained();

        JsonNode answer =
                recommend(
                        "{'session': [{'type': 'view', 'item_id': 'p3'},"
                                + " {'type': 'click', 'item_id': 'p5'}], 'size': 6}");

        assertEquals(6, odd(ids(answer)));
        assertEquals(404, call("GET", "/products/_persona/profiles/session").status());
        assertRefused(
                400,
                "[session[0].type]",
                post("{'session': [{'type': 'stare at', 'item_id': 'p3'}]}"));
    }

    public void testItemsLikeOthersAreFoundAlsoForNewOnes() throws Exception {
        openTrained();

        JsonNode like = recommend("{'items': ['p3'], 'size': 6}");
        JsonNode unknown = recommend("{'items': ['no such'], 'size': 6}");

        assertEquals(6, odd(ids(like)));
        assertFalse(ids(like).contains("p3"));
        assertEquals(
                "p3", source(like.path("items").get(0), "co_occurrence").at("/items/0").asText());
        assertFalse(unknown.path("found").asBoolean());
        assertEquals(6, ids(unknown).size());

        putProduct("products", "fresh", "bolt", 12);
        assertBusy(
                () ->
                        assertEquals(
                                6,
                                odd(
                                        ids(
                                                recommend(
                                                        "{'items': ['fresh'], 'size': 6,"
                                                                + " 'sources': ['interest']}")))),
                20,
                TimeUnit.SECONDS);
    }

    public void testBeforeAnythingIsLearnedThereIsSomethingForEverybody() throws Exception {
        TasteShop.open("products", 1);
        send("products", List.of(event("v", "u1", "view", "p3", System.currentTimeMillis())));

        awaitProfiles("products");
        JsonNode answer = recommend("{'user': 'u1', 'size': 5, 'exclude': ['seen']}");
        createProducts("empty", 1);
        register("empty", 4);
        JsonNode empty = ok(call("POST", "/empty/_persona/recommend", "{\"user\": \"u1\"}"));

        assertEquals(5, ids(answer).size());
        assertFalse(ids(answer).contains("p3"));
        assertTrue(answer.path("found").asBoolean());
        assertEquals(0, ids(empty).size());
    }

    public void testWhoObjectsToTrackingIsRecommendedToAsAStranger() throws Exception {
        openTrained();
        ok(call("PUT", "/products/_persona/profiles/u3", "{\"tracking\": false}"));

        assertFalse(recommend("{'user': 'u3'}").path("found").asBoolean());
        assertEquals(ids(recommend("{'user': 'nobody'}")), ids(recommend("{'user': 'u3'}")));
    }

    public void testBadBodiesAreRefusedByName() throws Exception {
        TasteShop.open("products", 1);

        assertRefused(400, "one of [user], [items] and [session]", post("{}"));
        assertRefused(400, "one of [user]", post("{'user': 'a', 'items': ['p1']}"));
        assertRefused(
                400,
                "[usr] is not known, did you mean [user]?",
                post("{'usr': 'a', 'items': ['p1']}"));
        assertRefused(400, "[size] must be from 1 to 1000", post("{'user': 'a', 'size': 0}"));
        assertRefused(400, "[exclude] must be of", post("{'user': 'a', 'exclude': ['owned']}"));
        assertRefused(400, "[sources] must be of", post("{'user': 'a', 'sources': ['magic']}"));
        assertRefused(
                400,
                "[diversity.max] is required",
                post("{'user': 'a', 'diversity': {'field': 'brand'}}"));
        Reply filter = post("{'user': 'a', 'filter': {'no_query': {}}}");
        assertEquals(filter.json().toString(), 400, filter.status());
        assertEquals(
                404, call("POST", "/nowhere/_persona/recommend", "{\"user\": \"a\"}").status());
    }

    private static Reply nearest(String builder) throws IOException {
        return call(
                "POST",
                "/products/_search",
                """
                {"knn": {"field": "persona.vector_a", "k": 6, "num_candidates": 24,
                 "query_vector_builder": {"persona_interest": %s}}}
                """
                        .formatted(builder));
    }

    private static List<String> hits(Reply reply) {
        List<String> ids = new ArrayList<>();
        ok(reply).at("/hits/hits").forEach(hit -> ids.add(hit.path("_id").asText()));
        return ids;
    }

    public void testAnyKnnSearchCanAskForTheVectorOfAUser() throws Exception {
        openTrained();

        assertEquals(6, odd(hits(nearest("{\"user\": \"u3\"}"))));
        assertEquals(0, odd(hits(nearest("{\"user\": \"u4\", \"catalog\": \"products\"}"))));
        assertRefused(
                404, "user [nobody] has no interest vector", nearest("{\"user\": \"nobody\"}"));
        assertEquals(
                6,
                hits(nearest("{\"user\": \"nobody\", \"missing_profile\": \"average\"}")).size());
        assertRefused(
                409,
                "search the field [persona.vector_a]",
                nearest("{\"user\": \"u3\", \"slot\": \"b\"}"));
        assertEquals(400, nearest("{\"usr\": \"u3\"}").status());
    }

    public void testWhatTheUsersOfTheOwnSegmentTakeToIsRecommended() throws Exception {
        openTrained();
        ok(call("POST", "/products/_persona/segments/_train", "{\"count\": 2}"));

        JsonNode answer = recommend("{'user': 'u3', 'size': 5, 'sources': ['segment']}");

        assertEquals(5, ids(answer).size());
        String segment = ok(call("GET", "/products/_persona/profiles/u3")).path("segment").asText();
        assertFalse(segment.isEmpty());
        for (JsonNode item : answer.path("items")) {
            assertEquals(segment, source(item, "segment").path("segment").asText());
        }
    }
}
