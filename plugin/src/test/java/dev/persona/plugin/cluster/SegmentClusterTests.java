package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.UpdateCatalogAction;

import org.elasticsearch.common.settings.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Segments of users, from the training to the search for an audience. */
public class SegmentClusterTests extends PersonaClusterTestCase {
    private static final String SHOP = "/products/_persona";
    private static final String SEGMENTS = SHOP + "/segments";
    private static final String PROFILES = "/persona-profiles-products";
    private static final long DAY = 86_400_000;

    private final long now = System.currentTimeMillis();

    @Override
    protected Settings nodeSettings(int ordinal, Settings otherSettings) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal, otherSettings))
                .put("persona.upkeep.interval", "1s")
                .build();
    }

    private static JsonNode train(String body) throws IOException {
        return ok(call("POST", SEGMENTS + "/_train", body));
    }

    /** Friends of bolt buy, too: of so few users, chance alone says more than taste. */
    private void openTheShop() throws Exception {
        TasteShop.open("products", 1);
        TasteShop.visit("products");
        List<ObjectNode> events = new ArrayList<>();
        for (String user : usersOfTaste(1)) {
            events.add(purchase(user, "p1", 20));
            events.add(purchase(user, "p3", 12));
        }
        send("products", events);
        awaitProfiles("products");
        TasteShop.trainFactors("products");
    }

    private ObjectNode purchase(String user, String item, int daysAgo) {
        return event(user + "-" + daysAgo, user, "purchase", item, now - daysAgo * DAY);
    }

    /** As it stands in the index. */
    private static ObjectNode stored(String user) throws IOException {
        return (ObjectNode) ok(call("GET", PROFILES + "/_doc/" + user)).path("_source");
    }

    private static void store(String user, ObjectNode document) throws IOException {
        ok(call("PUT", PROFILES + "/_doc/" + user + "?refresh=true", document.toString()));
    }

    private static String shown(String user) throws IOException {
        return ok(call("GET", SHOP + "/profiles/" + user)).path("segment").asText();
    }

    private static Map<String, String> storedSegments() throws IOException {
        Map<String, String> segments = new TreeMap<>();
        for (int i = 0; i < TasteShop.USERS; i++) {
            segments.put("u" + i, stored("u" + i).path("segment").asText());
        }
        return segments;
    }

    /** Ids of the profiles that a query finds. */
    private static Set<String> audience(String query) throws IOException {
        ok(call("POST", PROFILES + "/_refresh"));
        Set<String> users = new TreeSet<>();
        ok(call("POST", PROFILES + "/_search?size=100", "{\"query\": " + query + "}"))
                .at("/hits/hits")
                .forEach(hit -> users.add(hit.path("_id").asText()));
        return users;
    }

    private static Set<String> inSegment(String name) throws IOException {
        return audience("{\"term\": {\"segment\": \"%s\"}}".formatted(name));
    }

    private static Set<String> usersOfTaste(int remainder) {
        Set<String> users = new TreeSet<>();
        for (int i = remainder; i < TasteShop.USERS; i += 2) {
            users.add("u" + i);
        }
        return users;
    }

    private static JsonNode segment(JsonNode segments, String name) {
        for (JsonNode segment : segments.path("segments")) {
            if (segment.path("name").asText().equals(name)) {
                return segment;
            }
        }
        throw new AssertionError("no segment " + name + " in " + segments);
    }

    public void testUsersOfOneTasteAreTogetherAndNewOnesJoinThem() throws Exception {
        openTheShop();

        JsonNode trained = train("{\"count\": 2}");

        assertEquals(1, trained.path("version").asInt());
        assertEquals(TasteShop.USERS, trained.path("users").asInt());
        assertEquals(TasteShop.USERS, trained.path("profiles_written").asInt());
        String ofAcme = stored("u0").path("segment").asText();
        String ofBolt = stored("u1").path("segment").asText();
        assertEquals(Set.of("s1", "s2"), Set.of(ofAcme, ofBolt));
        assertEquals(usersOfTaste(0), inSegment(ofAcme));
        assertEquals(usersOfTaste(1), inSegment(ofBolt));
        JsonNode acme = segment(ok(call("GET", SEGMENTS)), ofAcme);
        assertEquals(6, acme.path("size").asInt());
        assertEquals(0.5, acme.path("share").asDouble(), 0);
        assertEquals("acme", acme.at("/attributes/0/value").asText());

        List<ObjectNode> events = new ArrayList<>();
        events.add(purchase("new", "p5", 19));
        events.add(purchase("new", "p1", 11));
        for (int i = 1; i < TasteShop.PRODUCTS; i += 3) {
            events.add(event("n" + i, "new", "view", "p" + (i | 1), now - 3_600_000 + i));
        }
        send("products", events);

        assertEquals(ofBolt, shown("new"));
        awaitProfiles("products");
        assertBusy(() -> assertEquals(ofBolt, stored("new").path("segment").asText()));
    }

    public void testNamesAndLabelsOutliveATraining() throws Exception {
        openTheShop();
        train("{\"count\": 2}");
        Map<String, String> before = storedSegments();
        String label = "{\"label\": \"friends of acme\"}";
        JsonNode said = ok(call("PUT", SEGMENTS + "/" + before.get("u0"), label));
        JsonNode labelled = ok(call("GET", SEGMENTS));

        JsonNode again = train("{\"count\": 2, \"seed\": 7}");

        assertEquals(
                "{\"acknowledged\":true,\"segment\":\"" + before.get("u0") + "\"}",
                said.toString());
        assertEquals("friends of acme", segment(labelled, before.get("u0")).path("label").asText());
        assertFalse(segment(labelled, before.get("u1")).has("label"));
        assertEquals(before, storedSegments());
        assertEquals(0, again.path("profiles_written").asInt());
        JsonNode after = ok(call("GET", SEGMENTS));
        assertEquals("friends of acme", segment(after, before.get("u0")).path("label").asText());
        assertTrue(after.path("version").asInt() > labelled.path("version").asInt());
        ok(call("PUT", SEGMENTS + "/" + before.get("u0"), "{\"label\": null}"));
        assertFalse(segment(ok(call("GET", SEGMENTS)), before.get("u0")).has("label"));
    }

    public void testAnAudienceIsFoundByTagTasteAndSegment() throws Exception {
        openTheShop();
        List<ObjectNode> events = new ArrayList<>();
        for (int daysAgo = 60; daysAgo > 45; daysAgo -= 5) {
            events.add(purchase("lost-acme", "p2", daysAgo));
            events.add(purchase("lost-bolt", "p3", daysAgo));
        }
        send("products", events);
        awaitProfiles("products");
        train("{\"count\": 3}");
        String segment = stored("lost-acme").path("segment").asText();

        assertEquals(
                Set.of("lost-acme"),
                audience(
                        """
                        {"bool": {"filter": [{"term": {"tags": "lapsing"}},
                                             {"term": {"likes.brand": "acme"}},
                                             {"term": {"segment": "%s"}}]}}
                        """
                                .formatted(segment)));
        Set<String> acme = usersOfTaste(0);
        acme.add("lost-acme");
        assertEquals(acme, audience("{\"term\": {\"likes.brand\": \"acme\"}}"));
        // Of those who came for something else, nobody is where they are.
        assertEquals(shown("lost-bolt"), segment);
        assertEquals(Set.of("lost-acme", "lost-bolt"), inSegment(segment));
    }

    public void testACountIsSuggestedToWhoNamesNone() throws Exception {
        openTheShop();

        JsonNode trained = train("");

        assertEquals(trained.path("count").asInt(), trained.path("segments").size());
        JsonNode best = trained.at("/silhouettes/0");
        for (JsonNode silhouette : trained.path("silhouettes")) {
            if (silhouette.path("mean").asDouble() > best.path("mean").asDouble()) {
                best = silhouette;
            }
        }
        assertEquals(best.path("count"), trained.path("count"));
        JsonNode shown = ok(call("GET", SEGMENTS));
        assertEquals(trained.path("segments"), shown.path("segments"));
        assertEquals(trained.path("silhouettes"), shown.path("silhouettes"));
        assertEquals(trained.path("created_at"), shown.path("created_at"));
        assertEquals(trained.path("version"), ok(call("GET", SHOP)).at("/state/segments/version"));
    }

    public void testWhatIsWrongIsSaidAndNothingIsChanged() throws Exception {
        TasteShop.open("products", 1);
        assertRefused(404, "[products] has no segments", call("GET", SEGMENTS));
        assertRefused(
                404,
                "[products] has no segments",
                call("PUT", SEGMENTS + "/s1", "{\"label\": \"x\"}"));
        assertRefused(400, "there were 0", call("POST", SEGMENTS + "/_train"));
        TasteShop.visit("products");
        train("{\"count\": 2}");
        JsonNode before = ok(call("GET", SEGMENTS));

        Map<String, String> wrong = new TreeMap<>();
        wrong.put("{\"count\": 1}", "[count] must be from 2 to 100, was 1");
        wrong.put("{\"count\": 101}", "[count] must be from 2 to 100, was 101");
        wrong.put("{\"count\": 2.5}", "[count] must be a whole number, was 2.5");
        wrong.put("{\"seed\": -1}", "[seed] must be from 0");
        wrong.put("{\"cuont\": 3}", "[cuont] is not known, did you mean [count]?");
        wrong.put(
                "{\"count\": 50}",
                "50 segments take at least as many users who differ, there were 12");
        for (Map.Entry<String, String> body : wrong.entrySet()) {
            assertRefused(400, body.getValue(), call("POST", SEGMENTS + "/_train", body.getKey()));
        }
        assertRefused(
                404,
                "there is no segment [s9], there are [s1, s2]",
                call("PUT", SEGMENTS + "/s9", "{\"label\": \"x\"}"));
        for (String body :
                List.of("{}", "{\"label\": \" \"}", "{\"label\": 1.5}", "{\"name\": \"x\"}")) {
            assertEquals(body, 400, call("PUT", SEGMENTS + "/s1", body).status());
        }
        String tooLong = "{\"label\": \"" + "x".repeat(101) + "\"}";
        assertRefused(
                400,
                "[label] must be 1 to 100 characters and not blank, had 101",
                call("PUT", SEGMENTS + "/s1", tooLong));
        assertEquals(before, ok(call("GET", SEGMENTS)));
    }

    public void testACancelledTrainingLeavesTheSegmentsBefore() throws Exception {
        openTheShop();
        train("{\"count\": 2}");
        JsonNode before = ok(call("GET", SEGMENTS));
        Map<String, String> users = storedSegments();
        String block = "{\"index.blocks.write\": %s}";
        ok(call("PUT", PROFILES + "/_settings", block.formatted(true)));
        send("products", List.of(event("late", "u0", "click", "p1", now)));
        String path = SEGMENTS + "/_train?wait_for_completion=false";
        String task = ok(call("POST", path, "{\"count\": 3}")).path("task").asText();
        assertBusy(
                () ->
                        assertEquals(
                                "waiting for events",
                                ok(call("GET", "/_tasks/" + task))
                                        .at("/task/status/phase")
                                        .asText()));

        assertRefused(409, "is at work already", call("POST", SEGMENTS + "/_train"));
        ok(call("POST", "/_tasks/" + task + "/_cancel?wait_for_completion=false"));
        ok(call("PUT", PROFILES + "/_settings", block.formatted(false)));
        JsonNode ended = ok(call("GET", "/_tasks/" + task + "?wait_for_completion=true"));

        assertEquals(
                ended.toString(), "task_cancelled_exception", ended.at("/error/type").asText());
        assertEquals(before, ok(call("GET", SEGMENTS)));
        assertEquals(users, storedSegments());
    }

    public void testWhoIsMergedOrObjectsIsInNoSegment() throws Exception {
        openTheShop();
        train("{\"count\": 2}");
        String segment = shown("u2");

        ok(call("PUT", SHOP + "/profiles/u2", "{\"tracking\": false}"));
        ok(call("POST", SHOP + "/profiles/_merge", "{\"from\": [\"u4\"], \"into\": \"u6\"}"));

        assertEquals("", shown("u2"));
        assertFalse(stored("u2").has("segment"));
        assertFalse(stored("u4").has("segment"));
        assertEquals(segment, shown("u4"));
        assertEquals(TasteShop.USERS - 2, train("{\"count\": 2}").path("users").asInt());
        assertEquals(Set.of("u0", "u6", "u8", "u10"), inSegment(segment));
        // Who agrees again is seen to by the upkeep.
        ok(call("PUT", SHOP + "/profiles/u2", "{\"tracking\": true}"));
        assertEquals(segment, shown("u2"));
        assertBusy(
                () -> assertEquals(segment, stored("u2").path("segment").asText()),
                20,
                TimeUnit.SECONDS);
    }

    public void testUsersStayWhereTheyAreWhenFactorsAreTrainedAgain() throws Exception {
        openTheShop();
        train("{\"count\": 2}");
        Map<String, String> before = storedSegments();
        assertFalse(ok(call("GET", SEGMENTS)).has("outdated"));

        TasteShop.trainFactors("products");
        send(
                "products",
                List.of(
                        event("x1", "u0", "view", "p0", now),
                        event("x2", "new", "view", "p0", now)));
        awaitProfiles("products");

        assertTrue(ok(call("GET", SEGMENTS)).path("outdated").asBoolean());
        assertEquals(before, storedSegments());
        assertEquals(before.get("u0"), shown("u0"));
        assertTrue(before.containsValue(stored("new").path("segment").asText()));
        assertEquals(2, train("{\"count\": 2}").path("generation").asInt());
        assertFalse(ok(call("GET", SEGMENTS)).has("outdated"));
        assertEquals(before, storedSegments());
    }

    public void testTheUpkeepGivesSegmentsToWhoHasNoneAndOnceADayToAll() throws Exception {
        openTheShop();
        train("{\"count\": 2}");
        Map<String, String> right = storedSegments();
        ObjectNode none = stored("u1");
        none.remove("segment");
        store("u1", none);
        assertBusy(() -> assertEquals(right, storedSegments()), 20, TimeUnit.SECONDS);

        store("u3", stored("u3").put("segment", right.get("u0")));
        Catalog catalog = internalCluster().getInstance(Catalogs.class).get("products");
        int today = catalog.segments().orElseThrow().swept().orElseThrow();
        Map<String, String> yesterday = catalog.segmentsSwept(today - 1);
        client().execute(
                        UpdateCatalogAction.TYPE,
                        new UpdateCatalogAction.Request("products", yesterday))
                .actionGet();

        assertBusy(() -> assertEquals(right, storedSegments()), 20, TimeUnit.SECONDS);
        assertBusy(
                () ->
                        assertEquals(
                                today,
                                internalCluster()
                                        .getInstance(Catalogs.class)
                                        .get("products")
                                        .segments()
                                        .orElseThrow()
                                        .swept()
                                        .orElseThrow()));
    }

    public void testARebuiltProfileHasItsSegment() throws Exception {
        openTheShop();
        train("{\"count\": 2}");
        Map<String, String> before = storedSegments();
        ok(call("DELETE", PROFILES + "/_doc/u5?refresh=true"));

        ok(call("POST", SHOP + "/profiles/_rebuild"));

        assertEquals(before, storedSegments());
    }
}
