package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ids of one person count for one user, once, whatever is merged into what. */
public class IdentityClusterTests extends UsersClusterTestCase {

    private void openTheShop() throws Exception {
        openTheShop(1, settings(8));
    }

    private void act(String... users) throws Exception {
        for (String user : users) {
            send("products", randomEvents(user, between(1, 8)));
        }
    }

    private static void assertAnswer(Reply reply, List<String> merged, List<String> already) {
        JsonNode answer = ok(reply);
        assertEquals(merged, texts(answer.path("merged")));
        assertEquals(already, texts(answer.path("already_merged")));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static UnaryOperator<String> all(String user) {
        return id -> user;
    }

    private static JsonNode shown(String user) throws IOException {
        ObjectNode profile = (ObjectNode) ok(call("GET", USERS + user));
        profile.remove("user");
        return profile;
    }

    public void testPastAndLaterEventsOfAMergedIdCountForTheUser() throws Exception {
        openTheShop();
        act("anon-7", "u42");
        awaitAll();
        assertProfilesAreRecounted(UnaryOperator.identity());

        Reply reply = merge("u42", "anon-7");

        assertAnswer(reply, List.of("anon-7"), List.of());
        assertEquals("u42", reply.json().path("into").asText());
        assertProfilesAreRecounted(all("u42"));
        act("anon-7", "u42", "anon-7");
        awaitAll();
        assertProfilesAreRecounted(all("u42"));
        assertEquals(shown("u42").path("profile"), shown("anon-7").path("profile"));
    }

    public void testEventsThatNoProfileHasYetAreNotLost() throws Exception {
        openTheShop();
        act("anon-1", "anon-2", "u1");

        assertAnswer(merge("u1", "anon-2", "anon-1"), List.of("anon-1", "anon-2"), List.of());

        awaitAll();
        assertProfilesAreRecounted(all("u1"));
    }

    public void testMergingAgainChangesNothing() throws Exception {
        openTheShop();
        act("anon-7", "u42");
        merge("u42", "anon-7");
        awaitAll();
        var before = documents(PROFILES);

        for (int i = 0; i < 3; i++) {
            assertAnswer(merge("u42", "anon-7", "anon-7"), List.of(), List.of("anon-7"));
        }

        assertEquals(before, documents(PROFILES));
        act("anon-7");
        awaitAll();
        assertProfilesAreRecounted(all("u42"));
    }

    public void testAnEventAtTheStartOfAChainCountsAtItsEnd() throws Exception {
        openTheShop();
        act("a", "b", "c", "d");
        assertAnswer(merge("b", "a"), List.of("a"), List.of());
        act("a", "b");
        assertAnswer(merge("c", "b"), List.of("b"), List.of());
        act("a", "b", "c");
        assertAnswer(merge("d", "c"), List.of("c"), List.of());

        act("a", "b", "c", "d");

        awaitAll();
        assertProfilesAreRecounted(all("d"));
        assertAnswer(merge("d", "a", "b"), List.of(), List.of("a", "b"));
        // Into an id of the middle is into the user at the end.
        act("e");
        assertAnswer(merge("b", "e"), List.of("e"), List.of());
        awaitAll();
        assertProfilesAreRecounted(all("d"));
    }

    public void testACircleIsOneUserAlready() throws Exception {
        openTheShop();
        act("a", "b", "c");
        merge("b", "a");
        merge("c", "b");

        assertAnswer(merge("a", "b"), List.of(), List.of("b"));
        assertAnswer(merge("a", "c"), List.of(), List.of("c"));
        assertAnswer(merge("b", "c"), List.of(), List.of("c"));

        act("a", "b", "c");
        awaitAll();
        assertProfilesAreRecounted(all("c"));
    }

    public void testAnIdOfSomebodyElseStaysTheirs() throws Exception {
        openTheShop();
        act("anon", "ann", "bob");
        merge("ann", "anon");

        assertRefused(
                409,
                "[anon] cannot be merged: it has been merged into another user already",
                merge("bob", "anon"));

        act("anon", "ann", "bob");
        awaitAll();
        assertProfilesAreRecounted(id -> id.equals("bob") ? "bob" : "ann");
    }

    public void testIdsThatNobodyKnowsYetCanBeMerged() throws Exception {
        openTheShop();
        assertAnswer(merge("later", "soon"), List.of("soon"), List.of());
        assertAnswer(merge("later", "soon"), List.of(), List.of("soon"));

        act("soon", "later", "soon");

        awaitAll();
        assertProfilesAreRecounted(all("later"));
        assertEquals("later", userOf("soon"));
    }

    public void testWhatIsStatedOfBothIdsHoldsForTheUser() throws Exception {
        openTheShop();
        String attributes = "{\"attributes\": {\"country\": \"%s\", \"%s\": true}}";
        ok(call("PUT", USERS + "u1", attributes.formatted("FR", "vip")));
        ok(call("PUT", USERS + "anon", attributes.formatted("DE", "student")));

        merge("u1", "anon");

        JsonNode user = documents(PROFILES).get("u1").path("attributes");
        assertEquals("FR", user.path("country").asText());
        assertTrue(user.path("vip").asBoolean());
        assertTrue(user.path("student").asBoolean());
        assertFalse(documents(PROFILES).get("anon").has("attributes"));
    }

    public void testAnEventOfAMergedIdSentAgainUnderTheUserIsADuplicate() throws Exception {
        openTheShop();
        List<ObjectNode> events = randomEvents("anon", 3);
        send("products", events);
        merge("u1", "anon");
        events.forEach(event -> event.put("user_id", randomFrom("u1", "anon", "u2")));

        assertEquals(List.of("duplicate", "duplicate", "duplicate"), results("", events));

        awaitAll();
        assertProfilesAreRecounted(all("u1"));
        assertEquals(3, documents(EVENTS).size());
    }

    public void testWrongCallsSayWhatIsWrong() throws Exception {
        openTheShop();
        String path = USERS + "_merge";
        assertRefused(400, "[from] must not hold [into] itself", merge("u1", "u0", "u1"));
        assertRefused(
                400,
                "[from] must hold 1 to 1000 user ids, was 0",
                call("POST", path, "{\"from\": [], \"into\": \"u1\"}"));
        String[] many = new String[1001];
        for (int i = 0; i < many.length; i++) {
            many[i] = "anon-" + i;
        }
        assertRefused(400, "[from] must hold 1 to 1000 user ids, was 1001", merge("u1", many));
        assertRefused(400, "[into]", call("POST", path, "{\"from\": [\"a\"]}"));
        assertRefused(400, "[from]", call("POST", path, "{\"from\": 3, \"into\": \"u1\"}"));
        assertRefused(400, "[from", call("POST", path, "{\"from\": [3.5], \"into\": \"u1\"}"));
        assertRefused(400, "[from", call("POST", path, "{\"from\": [\"\"], \"into\": \"u1\"}"));
        assertRefused(400, "[into]", call("POST", path, "{\"from\": [\"a\"], \"into\": \"\"}"));
        assertRefused(400, "[into]", call("POST", path, "{\"from\": [\"a\"], \"into\": [\"u1\"]}"));
        assertRefused(
                400,
                "[form] is not known, did you mean [from]?",
                call("POST", path, "{\"form\": [\"a\"], \"from\": [\"b\"], \"into\": \"u1\"}"));
        String tooLong = "x".repeat(513);
        assertRefused(400, "[from] must be at most 512 bytes, was 513", merge("u1", tooLong));
        assertRefused(400, "[into] must be at most 512 bytes", merge(tooLong, "a"));
        assertRefused(400, "[into] is required", call("POST", path));
        assertRefused(400, "[body]", call("POST", path, "[]"));
        assertRefused(
                404,
                "[nothing] is not registered",
                call("POST", "/nothing/_persona/profiles/_merge", "{}"));
        assertEquals(0, documents(PROFILES).size());
    }
}
