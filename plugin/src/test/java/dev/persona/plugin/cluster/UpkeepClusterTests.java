package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.CheckedRunnable;
import org.junit.Before;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What time and new rules do to a catalog shows without anybody calling for it. */
public class UpkeepClusterTests extends PersonaClusterTestCase {
    private static final String SHOP = "/products/_persona";
    private static final String PROFILES = "persona-profiles-products";
    private static final long DAY = 86_400_000;
    private static final int PATIENCE = 30;

    private long now;

    @Override
    protected Settings nodeSettings(int ordinal, Settings otherSettings) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal, otherSettings))
                .put("persona.upkeep.interval", "1s")
                .build();
    }

    @Before
    public void openTheShop() throws Exception {
        now = System.currentTimeMillis();
        createProducts("products", 1);
        register("products", 8);
        putProduct("products", "p1", "bright", 10);
    }

    private static void change(String setting, String value) throws IOException {
        ObjectNode settings = settings(8);
        settings.set(setting, Json.readText(value));
        ok(call("PUT", SHOP, settings.toString()));
    }

    private static void putTags(String tags) throws IOException {
        ok(call("PUT", SHOP + "/tags", "{\"tags\": " + tags + "}"));
    }

    private static List<String> tagsShown(String user) throws IOException {
        return texts(ok(call("GET", SHOP + "/profiles/" + user)).path("tags"));
    }

    /** As it stands in the index. */
    private static JsonNode stored(String user) throws IOException {
        return ok(call("GET", "/" + PROFILES + "/_doc/" + user)).path("_source");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Ids that a term query finds. */
    private static List<String> found(String index, String field, String value) throws IOException {
        ok(call("POST", "/" + index + "/_refresh"));
        JsonNode hits =
                ok(call("GET", "/" + index + "/_search?q=" + field + ":" + value)).at("/hits/hits");
        List<String> ids = new ArrayList<>();
        hits.forEach(hit -> ids.add(hit.path("_id").asText()));
        return ids;
    }

    private static JsonNode upkeep() throws IOException {
        List<JsonNode> reports = new ArrayList<>();
        ok(call("GET", SHOP + "/stats"))
                .path("nodes")
                .forEach(
                        node -> {
                            if (node.has("upkeep")) {
                                reports.add(node.path("upkeep"));
                            }
                        });
        assertEquals("the upkeep is done on one node", 1, reports.size());
        return reports.getFirst();
    }

    private static void awaitUpkeep() throws Exception {
        long runs = upkeep().path("runs").asLong();
        // The one that is under way may be past what the test has done.
        eventually(() -> assertTrue(upkeep().path("runs").asLong() >= runs + 2));
        assertEquals(upkeep().toString(), 0, upkeep().path("failed_steps").asLong());
    }

    private static void eventually(CheckedRunnable<Exception> check) throws Exception {
        assertBusy(check, PATIENCE, TimeUnit.SECONDS);
    }

    public void testTagsAreSearchableAndFollowTheRules() throws Exception {
        putTags("{\"clicker\": {\"when\": {\"field\": \"events.click.total\", \"gte\": 1}}}");
        send(
                "products",
                List.of(
                        event("e1", "u1", "click", "p1", now - 1000),
                        event("e2", "u2", "view", "p1", now - 1000)));
        awaitProfiles("products");

        assertEquals(List.of("clicker"), tagsShown("u1"));
        assertEquals(List.of(), tagsShown("u2"));
        assertEquals(List.of("u1"), found(PROFILES, "tags", "clicker"));

        putTags("{\"viewer\": {\"when\": {\"field\": \"events.view.total\", \"gte\": 1}}}");

        assertEquals(List.of("viewer"), tagsShown("u2"));
        eventually(() -> assertEquals(List.of("u2"), found(PROFILES, "tags", "viewer")));
        assertEquals(List.of(), found(PROFILES, "tags", "clicker"));
        assertEquals(
                "{\"tags\":{\"viewer\":{\"when\":{\"field\":\"events.view.total\",\"gte\":1}}}}",
                ok(call("GET", SHOP + "/tags")).toString());
    }

    public void testTheShippedRulesHoldUntilOthersAreSet() throws Exception {
        assertEquals(Json.config("tags.json"), ok(call("GET", SHOP + "/tags")).path("tags"));
        assertRefused(
                400,
                "[tags.x.when.field] is no field of a profile: [sesions], did you mean [sessions]?",
                call(
                        "PUT",
                        SHOP + "/tags",
                        "{\"tags\": {\"x\": {\"when\": {\"field\": \"sesions\", \"gt\": 1}}}}"));
        assertRefused(400, "[tags]", call("PUT", SHOP + "/tags", "{}"));
        assertEquals(Json.config("tags.json"), ok(call("GET", SHOP + "/tags")).path("tags"));
    }

    public void testTagsChangeWhenTheirDayHasCome() throws Exception {
        putTags("{\"away\": {\"when\": {\"field\": \"last_seen_days\", \"gte\": 5}}}");
        send("products", List.of(event("e1", "u1", "click", "p1", now - 10 * DAY)));
        awaitProfiles("products");
        awaitUpkeep();
        // As it was written some days ago, when the user was not away yet.
        ObjectNode then = (ObjectNode) stored("u1");
        then.remove("tags");
        then.put("tags_due", now / DAY - 5);
        ok(call("PUT", "/" + PROFILES + "/_doc/u1?refresh=true", then.toString()));

        eventually(() -> assertEquals(List.of("away"), texts(stored("u1").path("tags"))));
        assertTrue(stored("u1").path("tags_due").asLong() > now / DAY + 25);
    }

    public void testTagsWhoseDayHasNotComeAreNotWritten() throws Exception {
        send("products", List.of(event("e1", "u1", "click", "p1", now - 1000)));
        awaitProfiles("products");
        awaitUpkeep();
        JsonNode before = ok(call("GET", "/" + PROFILES + "/_doc/u1"));
        awaitUpkeep();

        assertEquals(before, ok(call("GET", "/" + PROFILES + "/_doc/u1")));
    }

    public void testOnlyEventsPastTheirRetentionGoAndProfilesKeepTheirTotals() throws Exception {
        send(
                "products",
                List.of(
                        event("old-click", "u1", "click", "p1", now - 3 * DAY),
                        event("new-click", "u1", "click", "p1", now - 1000),
                        event("old-view", "u1", "view", "p1", now - 3 * DAY),
                        event("older-view", "u1", "view", "p1", now - 20 * DAY),
                        event("old-purchase", "u1", "purchase", "p1", now - 20 * DAY)));
        awaitProfiles("products");
        change("retention", "{\"click\": \"2d\", \"purchase\": \"30d\", \"default\": \"10d\"}");

        eventually(() -> assertEquals(2, upkeep().path("events_expired").asLong()));
        assertEquals(List.of("new-click"), found("persona-events-products", "type", "click"));
        assertEquals(List.of("old-view"), found("persona-events-products", "type", "view"));
        assertEquals(List.of("old-purchase"), found("persona-events-products", "type", "purchase"));
        JsonNode events = ok(call("GET", SHOP + "/profiles/u1")).at("/profile/events");
        assertEquals(2, events.at("/click/total").asLong());
        assertEquals(2, events.at("/view/total").asLong());
        assertEquals(1, events.at("/purchase/total").asLong());
    }

    public void testNoEventGoesBeforeItIsInItsProfile() throws Exception {
        String block = "{\"index.blocks.write\": %s}";
        ok(call("PUT", "/" + PROFILES + "/_settings", block.formatted(true)));
        send("products", List.of(event("e1", "u1", "click", "p1", now - 3 * DAY)));
        change("retention", "{\"default\": \"1d\"}");
        Thread.sleep(4000);

        assertEquals(List.of("e1"), found("persona-events-products", "user_id", "u1"));

        ok(call("PUT", "/" + PROFILES + "/_settings", block.formatted(false)));
        eventually(
                () -> assertEquals(List.of(), found("persona-events-products", "user_id", "u1")));
        JsonNode shown = ok(call("GET", SHOP + "/profiles/u1"));
        assertEquals(1, shown.at("/profile/events/click/total").asLong());
    }

    public void testTombstonesGoWhenTheyHaveExpiredAndOptOutsStay() throws Exception {
        change("tombstone", "\"2s\"");
        send("products", List.of(event("e1", "u1", "click", "p1", now - 1000)));
        ok(call("PUT", SHOP + "/profiles/u2", "{\"tracking\": false}"));
        ok(call("DELETE", SHOP + "/profiles/u1"));

        eventually(() -> assertEquals(1, upkeep().path("tombstones_expired").asLong()));
        assertEquals(List.of(), found("persona-state-products", "_exists_", "until"));
        assertEquals(1, found("persona-state-products", "kind", "block").size());
    }

    public void testScoresAreFifthsOfTheBuyers() throws Exception {
        List<ObjectNode> events = new ArrayList<>();
        for (int user = 1; user <= 5; user++) {
            for (int day = 1; day <= user; day++) {
                events.add(
                        event(
                                "e" + user + "-" + day,
                                "u" + user,
                                "purchase",
                                "p1",
                                now - (10 + day) * DAY));
            }
        }
        events.add(event("e6", "u6", "view", "unknown", now - 1000));
        send("products", events);
        awaitProfiles("products");

        eventually(
                () ->
                        assertEquals(
                                "{\"recency\":1,\"frequency\":5,\"monetary\":5,\"price\":1}",
                                ok(call("GET", SHOP + "/profiles/u5")).path("scores").toString()));
        for (int user = 1; user <= 5; user++) {
            JsonNode scores = ok(call("GET", SHOP + "/profiles/u" + user)).path("scores");
            assertEquals(user, scores.path("frequency").asInt());
            assertEquals(user, scores.path("monetary").asInt());
        }
        assertFalse(ok(call("GET", SHOP + "/profiles/u6")).has("scores"));
        eventually(() -> assertEquals(List.of("u5"), found(PROFILES, "tags", "big_spender")));
    }

    public void testAMergeThatBrokeOffIsFinished() throws Exception {
        send(
                "products",
                List.of(
                        event("e1", "anon", "click", "p1", now - 1000),
                        event("e2", "u1", "click", "p1", now - 1000)));
        awaitProfiles("products");
        ObjectNode led = (ObjectNode) stored("anon");
        led.put("merged_into", "u1");
        ok(call("PUT", "/" + PROFILES + "/_doc/anon", led.toString()));

        eventually(() -> assertFalse(stored("anon").has("profile")));
        JsonNode shown = ok(call("GET", SHOP + "/profiles/anon"));
        assertEquals(2, shown.at("/profile/events/click/total").asLong());
        assertEquals("anon", shown.path("user").asText());
        assertEquals("u1", shown.path("merged_into").asText());
        assertEquals(List.of("anon"), texts(shown.path("merged_from")));
        awaitUpkeep();
        assertEquals(1, upkeep().path("merges_finished").asLong());
    }

    public void testAProfileShowsWhatIsStated() throws Exception {
        putTags("{\"austrian\": {\"when\": {\"field\": \"attributes.country\", \"eq\": \"AT\"}}}");
        ok(call("PUT", SHOP + "/profiles/u1", "{\"attributes\": {\"country\": \"AT\"}}"));

        JsonNode shown = ok(call("GET", SHOP + "/profiles/u1"));

        assertTrue(shown.path("tracking").asBoolean());
        assertEquals("AT", shown.at("/attributes/country").asText());
        assertEquals(List.of("austrian"), texts(shown.path("tags")));
        assertFalse(shown.has("merged_into"));
        assertFalse(shown.has("merged_from"));
        assertEquals(List.of("u1"), found(PROFILES, "tags", "austrian"));
        assertEquals(List.of("u1"), found(PROFILES, "attributes.country", "AT"));
    }
}
