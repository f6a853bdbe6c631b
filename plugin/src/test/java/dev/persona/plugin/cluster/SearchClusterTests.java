package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;

import org.elasticsearch.client.RestClient;
import org.elasticsearch.test.ESIntegTestCase;
import org.junit.AfterClass;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/** Personalized searches over several shards on two nodes. No test changes anything. */
@ESIntegTestCase.SuiteScopeTestCase
public class SearchClusterTests extends PersonaClusterTestCase {
    private static final String QUERY = "\"query\": {\"match\": {\"title\": \"lantern\"}}";

    @Override
    protected void setupSuiteScopeCluster() throws Exception {
        TasteShop.stock("products", 3);
        TasteShop.train("products");
        TasteShop.open("others", 1);
        createProducts("unregistered", 1);
        // A catalog of two indices, one of which knows of titles only.
        TasteShop.stock("lamps-1", 1);
        ok(
                call(
                        "PUT",
                        "/lamps-2",
                        """
                        {"mappings": {"dynamic": false,
                                      "properties": {"title": {"type": "text"}}}}
                        """));
        Reply bare =
                call(
                        "PUT",
                        "/lamps-2/_doc/bare?refresh=true",
                        "{\"title\": \"lantern\", \"brand\": \"acme\"}");
        assertEquals(201, bare.status());
        ok(call("PUT", "/lamps-1,lamps-2/_alias/lamps"));
        TasteShop.train("lamps");
    }

    /** The framework closes it itself only where each test has a cluster of its own. */
    @AfterClass
    public static void closeClient() throws IOException {
        getRestClient().close();
    }

    private record Hit(String id, double score) {}

    private static String rescore(String personalize) {
        return "{%s, \"rescore\": {\"personalize\": %s}}".formatted(QUERY, personalize);
    }

    private static String personalized(String user) {
        return rescore("{\"user\": \"" + user + "\"}");
    }

    private static Reply post(String path, String body) throws IOException {
        return call("POST", path, body);
    }

    private static List<Hit> hits(Reply reply) {
        JsonNode answer = ok(reply);
        assertEquals(answer.toString(), 0, answer.at("/_shards/failed").asInt(-1));
        List<Hit> hits = new ArrayList<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            hits.add(new Hit(hit.path("_id").asText(), hit.path("_score").asDouble()));
        }
        return hits;
    }

    private static List<Hit> search(String body) throws IOException {
        return hits(post("/products/_search", body));
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(Hit::id).toList();
    }

    private static long countOfBrand(String brand, List<Hit> hits) {
        return hits.stream()
                .map(hit -> TasteShop.brand(Integer.parseInt(hit.id().substring(1))))
                .filter(brand::equals)
                .count();
    }

    public void testUsersOfDifferentTasteSeeDifferentOrdersOfTheSameHits() throws Exception {
        List<Hit> plain = search("{" + QUERY + ", \"size\": 24}");
        List<Hit> even = search(personalized("u2"));
        List<Hit> odd = search(personalized("u3"));
        List<Hit> all = search(personalized("u2").replaceFirst("\\{", "{\"size\": 24, "));

        assertEquals(10, countOfBrand("acme", even));
        assertEquals(10, countOfBrand("bolt", odd));
        assertEquals(new HashSet<>(ids(plain)), new HashSet<>(ids(all)));
        assertEquals(24, all.size());
        assertNotEquals(ids(plain), ids(all));
        for (int i = 1; i < all.size(); i++) {
            assertTrue(all.get(i - 1).score() >= all.get(i).score());
        }
    }

    public void testEitherNodeGivesTheSameAnswerHoweverItIsAsked() throws Exception {
        String body = personalized("u5");
        List<List<Hit>> answers;
        long minute;
        do {
            // Ages are counted to the minute.
            minute = System.currentTimeMillis() / 60_000;
            answers = new ArrayList<>();
            for (String node : internalCluster().getNodeNames()) {
                try (RestClient client = createRestClient(node)) {
                    answers.add(hits(call(client, "POST", "/products/_search", body)));
                }
            }
            for (String parameters :
                    List.of(
                            "?pre_filter_shard_size=1",
                            "?batched_reduce_size=2",
                            "?max_concurrent_shard_requests=1")) {
                answers.add(hits(post("/products/_search" + parameters, body)));
            }
            String pit = ok(call("POST", "/products/_pit?keep_alive=1m")).path("id").asText();
            answers.add(
                    hits(
                            post(
                                    "/_search",
                                    body.replaceFirst(
                                            "\\{", "{\"pit\": {\"id\": \"" + pit + "\"}, "))));
            ok(call("DELETE", "/_pit", "{\"id\": \"" + pit + "\"}"));
        } while (minute != System.currentTimeMillis() / 60_000);

        assertEquals(6, answers.size());
        assertEquals(10, answers.get(0).size());
        for (List<Hit> answer : answers) {
            assertEquals(answers.get(0), answer);
        }
    }

    public void testTheRescorerRetrieverPersonalizesToo() throws Exception {
        String retriever =
                """
                {"size": 24, "retriever": {"rescorer": {
                    "rescore": {"window_size": 50, "personalize": {"user": "u3"}},
                    "retriever": {"standard": {%s}}}}}
                """
                        .formatted(QUERY);

        List<Hit> hits = search(retriever);

        assertEquals(24, hits.size());
        assertEquals(12, countOfBrand("bolt", hits.subList(0, 12)));
    }

    public void testAUserWithoutAProfileLeavesOrderAndScoresAsTheyWere() throws Exception {
        String size = "\"size\": " + between(1, 24);
        String plain = "{" + QUERY + ", " + size + "}";

        List<Hit> hits = search(personalized("nobody").replaceFirst("\\{", "{" + size + ", "));

        assertEquals(search(plain), hits);
    }

    public void testAnExplanationAddsUpToTheScore() throws Exception {
        JsonNode answer =
                ok(
                        post(
                                "/products/_search",
                                personalized("u2").replaceFirst("\\{", "{\"explain\": true, ")));

        assertEquals(10, answer.at("/hits/hits").size());
        for (JsonNode hit : answer.at("/hits/hits")) {
            double score = hit.path("_score").asDouble();
            double sum = 0;
            List<String> said = new ArrayList<>();
            for (JsonNode detail : hit.at("/_explanation/details")) {
                sum += detail.path("value").asDouble();
                said.add(detail.path("description").asText());
            }
            assertEquals(hit.toString(), score, hit.at("/_explanation/value").asDouble(), 1e-5);
            assertEquals(hit.toString(), score, sum, 1e-4);
            assertTrue(said.toString(), said.contains("affinity_brand = 1.0"));
            assertTrue(
                    said.toString(),
                    said.stream().anyMatch(text -> text.matches("interest_dot = [\\d.E-]+")));
        }
    }

    public void testAnAliasIsACatalogAndWhatOneIndexDoesNotMapIsMissingThere() throws Exception {
        String body = personalized("u2").replaceFirst("\\{", "{\"size\": 25, ");

        List<Hit> byAlias = hits(post("/lamps/_search", body));
        List<Hit> byIndex = hits(post("/lamps-1/_search", body));
        List<Hit> byPattern = hits(post("/lamps-*/_search", body));

        assertEquals(25, byAlias.size());
        assertEquals(24, byIndex.size());
        assertEquals(ids(byAlias), ids(byPattern));
        assertEquals(10, countOfBrand("acme", byIndex.subList(0, 10)));
        assertTrue(ids(byAlias).contains("bare"));
    }

    public void testContextAndQueryIdAreTaken() throws Exception {
        List<Hit> hits =
                search(
                        rescore(
                                """
                                {"user": "u3", "model": "default", "query_id": "q1",
                                 "context": {"hour": 12, "device": "phone"}}
                                """));

        assertEquals(10, countOfBrand("bolt", hits));
    }

    public void testWhatIsNotThereIsNotFound() throws Exception {
        assertRefused(
                404,
                "[products] has no ranking model [best], it has [default]",
                post("/products/_search", rescore("{\"user\": \"u2\", \"model\": \"best\"}")));
        assertRefused(
                404,
                "user [nobody] has no profile in [products]",
                post(
                        "/products/_search",
                        rescore("{\"user\": \"nobody\", \"missing_profile\": \"fail\"}")));
        assertEquals(
                10, search(rescore("{\"user\": \"u2\", \"missing_profile\": \"fail\"}")).size());
    }

    public void testOneCatalogIsSearched() throws Exception {
        assertRefused(
                400,
                "[unregistered] is none; register it with PUT /unregistered/_persona",
                post("/unregistered/_search", personalized("u2")));
        assertRefused(
                400,
                "[unregistered] is none",
                post("/products,unregistered/_search", personalized("u2")));
        assertRefused(
                400,
                "[personalize] needs one catalog, the search goes over [others, products]",
                post("/products,others/_search", personalized("u2")));
    }

    public void testASearchThatCannotBeUnderstoodSaysWhatWouldBeRight() throws Exception {
        var cases = new TreeMap<String, String>();
        cases.put("{\"usr\": \"u2\"}", "[personalize] unknown field [usr] did you mean [user]?");
        cases.put("{}", "Required one of fields [user], but none were specified.");
        cases.put("{\"user\": \"\"}", "[user] must not be empty");
        cases.put(
                "{\"user\": \"u2\", \"missing_profile\": \"skip\"}",
                "[missing_profile] must be [ignore] or [fail], was [skip]");

        for (var bad : cases.entrySet()) {
            Reply reply = post("/products/_search", rescore(bad.getKey()));

            assertEquals(reply.json().toString(), 400, reply.status());
            assertTrue(
                    reply.json().toString(),
                    reply.json().path("error").findValuesAsText("reason").stream()
                            .anyMatch(reason -> reason.contains(bad.getValue())));
        }
    }

    public void testAWindowSmallerThanThePageIsRefusedWithBothNumbers() throws Exception {
        String body =
                """
                {"from": 5, "size": 15, %s,
                 "rescore": {"window_size": %s, "personalize": {"user": "u2"}}}
                """;

        assertRefused(
                400,
                "[window_size] must be at least [from + size] = 20 with [personalize], was 19",
                post("/products/_search", body.formatted(QUERY, 19)));
        assertEquals(15, search(body.formatted(QUERY, 20)).size());
    }
}
