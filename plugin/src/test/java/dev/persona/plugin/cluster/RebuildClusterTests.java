package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.Before;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A rebuild makes of the stored events what the followers have made of them. */
public class RebuildClusterTests extends UsersClusterTestCase {
    private static final String REBUILD = "/products/_persona/profiles/_rebuild";

    @Before
    public void openTheShop() throws Exception {
        openTheShop(randomFrom(1, 2), settings(4));
    }

    private static String randomUser() {
        return "u" + between(1, 12);
    }

    private List<ObjectNode> randomEvents(int count) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(randomEvent(randomUser()));
        }
        return events;
    }

    private static JsonNode rebuild() throws IOException {
        return ok(call("POST", REBUILD));
    }

    private static Map<String, String> profiles() {
        Map<String, String> profiles = new TreeMap<>();
        documents(PROFILES)
                .forEach((id, document) -> profiles.put(id, document.path("profile").toString()));
        return profiles;
    }

    private static void store(String id, JsonNode document) throws IOException {
        Reply reply =
                call("PUT", "/" + PROFILES + "/_doc/" + id + "?refresh=true", document.toString());
        assertTrue(reply.json().toString(), reply.status() < 300);
    }

    public void testARebuildEndsWithIdenticalProfiles() throws Exception {
        for (int i = 0; i < 8; i++) {
            send("products", randomEvents(between(1, 60)));
        }
        awaitAll();
        var before = documents(PROFILES);

        JsonNode answer = rebuild();

        assertEquals(before, documents(PROFILES));
        assertEquals(before.size(), answer.path("profiles").asInt());
        assertEquals(documents(EVENTS).size(), answer.path("events").asInt());
        assertEquals(answer.toString(), 0, answer.path("changed").asInt(-1));
        assertEquals(answer.toString(), 0, answer.path("created").asInt(-1));
        assertTrue(answer.path("took").asLong(-1) >= 0);
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testEventsThatStreamInDuringARebuildCountOnce() throws Exception {
        send("products", randomEvents(300));
        AtomicBoolean enough = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread sender =
                new Thread(
                        () -> {
                            try {
                                while (!enough.get()) {
                                    send("products", randomEvents(between(1, 20)));
                                }
                            } catch (Exception | AssertionError e) {
                                failures.add(e);
                            }
                        });
        sender.start();
        try {
            for (int i = 0; i < 4; i++) {
                rebuild();
            }
        } finally {
            enough.set(true);
            sender.join();
        }
        assertEquals(List.of(), failures);

        awaitAll();
        assertProfilesAreRecounted(UnaryOperator.identity());
        rebuild();
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testLostProfilesComeBack() throws Exception {
        send("products", randomEvents(200));
        awaitAll();
        Map<String, String> before = profiles();
        for (String user : List.copyOf(randomSubsetOf(3, before.keySet()))) {
            ok(call("DELETE", "/" + PROFILES + "/_doc/" + user + "?refresh=true"));
        }

        JsonNode answer = rebuild();

        assertEquals(3, answer.path("created").asInt());
        assertEquals(before, profiles());
        // And go on from where they were.
        send("products", randomEvents(100));
        awaitAll();
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testDamagedProfilesAreMended() throws Exception {
        send("products", randomEvents(200));
        awaitAll();
        Map<String, String> before = profiles();
        Map<String, JsonNode> documents = documents(PROFILES);
        // One with another's profile, one with none, one that says it holds nothing.
        ObjectNode one = documents.get("u1").deepCopy();
        store("u1", one.set("profile", documents.get("u2").path("profile")));
        ObjectNode none = documents.get("u3").deepCopy();
        none.remove("profile");
        store("u3", none);
        ObjectNode empty = JsonNodeFactory.instance.objectNode().put("user_id", "u4");
        store("u4", empty);

        JsonNode answer = rebuild();

        assertEquals(3, answer.path("changed").asInt());
        assertEquals(before, profiles());
        send("products", randomEvents(100));
        awaitAll();
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testMergedUsersAreRebuiltWhole() throws Exception {
        UnaryOperator<String> user = id -> List.of("u1", "u2", "u3").contains(id) ? "u3" : id;
        send("products", randomEvents(150));
        ok(merge("u2", "u1"));
        ok(merge("u3", "u2"));
        send("products", randomEvents(150));
        awaitAll();

        rebuild();

        assertProfilesAreRecounted(user);
        Map<String, String> rebuilt = profiles();
        rebuild();
        assertEquals(rebuilt, profiles());
        // Also when the document at the end of the chain is lost.
        ok(call("DELETE", "/" + PROFILES + "/_doc/u3?refresh=true"));
        rebuild();
        assertProfilesAreRecounted(user);
        assertEquals(rebuilt, profiles());
        send("products", randomEvents(100));
        awaitAll();
        assertProfilesAreRecounted(user);
    }

    public void testWhatIsNotMadeOfEventsIsKept() throws Exception {
        send("products", randomEvents(100));
        ok(call("PUT", USERS + "u1", "{\"attributes\": {\"country\": \"DE\"}}"));
        ok(call("PUT", USERS + "quiet", "{\"attributes\": {\"age\": 3}}"));
        ok(call("PUT", USERS + "u2", "{\"tracking\": false}"));
        awaitAll();
        Map<String, String> before = profiles();
        // As training writes it, and with the profile lost.
        String vector =
                "{\"doc\": {\"generations\": {\"a\": 1}, \"interest_a\": [0.5, 0.25, 0.125, 1]}}";
        for (String user : List.of("u1", "u2", "u3", "u4")) {
            ok(call("POST", "/" + PROFILES + "/_update/" + user + "?refresh=true", vector));
        }
        ObjectNode document = documents(PROFILES).get("u1").deepCopy();
        document.remove("profile");
        document.putObject("generations").put("a", 1);
        document.putArray("interest_a").add(0.5).add(0.25).add(0.125).add(1);
        store("u1", document);

        JsonNode answer = rebuild();

        assertEquals(before, profiles());
        assertEquals(1, answer.path("changed").asInt(-1));
        JsonNode rebuilt = documents(PROFILES).get("u1");
        assertEquals("[0.5,0.25,0.125,1]", rebuilt.path("interest_a").toString().replace(".0", ""));
        assertEquals("DE", rebuilt.at("/attributes/country").asText());
        assertEquals(3, documents(PROFILES).get("quiet").at("/attributes/age").asInt());
        assertFalse(documents(PROFILES).get("u2").path("tracking").asBoolean(true));
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testErasedUsersAreNotRebuilt() throws Exception {
        send("products", randomEvents(100));
        awaitAll();
        ok(call("DELETE", USERS + "u1"));

        rebuild();

        assertFalse(documents(PROFILES).containsKey("u1"));
        assertProfilesAreRecounted(UnaryOperator.identity());
    }

    public void testARebuildIsATask() throws Exception {
        send("products", randomEvents(200));
        awaitAll();
        Map<String, String> before = profiles();

        JsonNode started = ok(call("POST", REBUILD + "?wait_for_completion=false"));
        String task = started.path("task").asText();
        JsonNode ended =
                ok(call("GET", "/_tasks/" + task + "?wait_for_completion=true&timeout=30s"));

        assertTrue(ended.toString(), ended.path("completed").asBoolean());
        assertEquals("indices:admin/persona/profiles/rebuild", ended.at("/task/action").asText());
        assertTrue(ended.toString(), ended.at("/task/cancellable").asBoolean());
        assertEquals(before.size(), ended.at("/response/profiles").asInt());
        assertEquals(before, profiles());
        assertRefused(400, "[fast] is not known", call("POST", REBUILD, "{\"fast\": true}"));
        assertRefused(404, "[nope]", call("POST", "/nope/_persona/profiles/_rebuild"));
    }

    public void testACancelledRebuildLeavesProfilesRight() throws Exception {
        for (int i = 0; i < 10; i++) {
            send("products", randomEvents(500));
        }
        awaitAll();
        Map<String, String> before = profiles();

        String task =
                ok(call("POST", REBUILD + "?wait_for_completion=false")).path("task").asText();
        call("POST", "/_tasks/" + task + "/_cancel");
        JsonNode ended =
                ok(call("GET", "/_tasks/" + task + "?wait_for_completion=true&timeout=30s"));

        // It may have been quicker than the cancelling.
        assertTrue(
                ended.toString(),
                ended.has("response")
                        || ended.at("/error/type").asText().equals("task_cancelled_exception"));
        assertEquals(before, profiles());
        assertProfilesAreRecounted(UnaryOperator.identity());
    }
}
