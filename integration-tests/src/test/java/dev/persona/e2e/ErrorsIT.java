package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a caller is told who did something wrong. */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsIT {

    private static final String CATALOG = "/errors-shop/_persona";
    private static final String EVENTS = CATALOG + "/events";
    private static final String SEARCH = "/errors-shop/_search";

    private final ElasticsearchClient client;

    ErrorsIT(LocalCluster cluster) {
        this.client = cluster.client(0);
    }

    @BeforeAll
    void open() {
        new SmallShop("errors-shop").open(client, 1, 0);
        String fields =
                "{\"mappings\":{\"properties\":{\"name\":{\"type\":\"text\"},"
                        + "\"code\":{\"type\":\"keyword\",\"doc_values\":false}}}}";
        client.call("PUT", "/unregistered", fields);
    }

    /** Sends something wrong, and expects an error of Elasticsearch's shape that names it. */
    private void assertRefused(int status, String named, String method, String path, Object body) {
        Answer answer = client.send(method, path, body);
        String text = new String(answer.bytes(), StandardCharsets.UTF_8);
        assertEquals(status, answer.status(), text);
        JsonNode json = answer.json();
        assertEquals(status, json.path("status").asInt(), text);
        assertTrue(json.at("/error/type").isTextual(), text);
        assertFalse(json.at("/error/reason").asText().isBlank(), text);
        assertFalse(json.at("/error/root_cause/0/reason").asText().isBlank(), text);
        assertTrue(json.path("error").toString().contains(named), text);
        assertFalse(text.contains("stack_trace") || text.contains("\\tat "), text);
    }

    private void assertRegistrationRefused(String named, Object body) {
        assertRefused(400, named, "PUT", "/unregistered/_persona", body);
        // Nothing came of it.
        assertRefused(404, "[unregistered]", "GET", "/unregistered/_persona", null);
    }

    @Test
    void aRegistrationOfAnIndexThatIsNotThereIsRefused() {
        assertRefused(404, "no such index [nowhere]", "PUT", "/nowhere/_persona", Map.of());
    }

    @Test
    void aRegistrationWithAFieldThatCannotPlayItsRoleIsRefused() {
        assertRegistrationRefused(
                "[fields.price] names [cost], which is not mapped",
                Map.of("fields", Map.of("price", "cost")));
        assertRegistrationRefused(
                "[fields.price] names [name] of type [text], must be one of",
                Map.of("fields", Map.of("price", "name")));
        assertRegistrationRefused(
                "[fields.attributes] names [code], which has no doc values",
                Map.of("fields", Map.of("attributes", List.of("code"))));
    }

    @Test
    void aRegistrationWithSettingsThatDoNotExistOrAreOutOfBoundsIsRefused() {
        assertRegistrationRefused(
                "[feilds] is not known, did you mean [fields]?", Map.of("feilds", Map.of()));
        assertRegistrationRefused(
                "[fields.prise] is not known, did you mean [fields.price]?",
                Map.of("fields", Map.of("prise", "name")));
        assertRegistrationRefused(
                "[event_weights.purchse] is no event type, did you mean [purchase]?",
                Map.of("event_weights", Map.of("purchse", 1)));
        assertRegistrationRefused("[factors] must be from 1 to", Map.of("factors", 0));
        assertRegistrationRefused(
                "[half_life] must be a time such as 30d, was [soon]", Map.of("half_life", "soon"));
        assertRegistrationRefused("[body] is not valid JSON", "{\"fields\":");
        assertRegistrationRefused("[body] must be a JSON object", "[]");
    }

    @Test
    void aSecondRegistrationWithOtherSettingsIsAConflict() {
        assertRefused(
                409,
                "registered already with other settings: [fields, factors]",
                "PUT",
                CATALOG,
                Map.of("factors", 8));
    }

    @Test
    void parametersThatDoNotExistAreRefused() {
        assertRefused(400, "unrecognized parameter: [refresh]", "GET", CATALOG + "?refresh", null);
        assertRefused(400, "did you mean [purge]?", "DELETE", CATALOG + "?prge=true", null);
        assertRefused(
                400,
                "unrecognized parameter: [pipeline]",
                "POST",
                EVENTS + "?pipeline=x",
                event("e1", "view"));
        assertRefused(
                400,
                "unrecognized parameter: [wait]",
                "POST",
                CATALOG + "/factors/_train?wait=false",
                null);
    }

    private static Map<String, Object> event(String id, String type) {
        return Map.of("event_id", id, "user_id", "u1", "type", type, "item_id", "p1");
    }

    @Test
    void halfABadBatchIsStoredAndAnsweredInOrder() {
        List<Object> batch =
                List.of(
                        event("b1", "view"),
                        event("b2", "veiw"),
                        Map.of("event_id", "b3", "user", "u1", "type", "view", "item_id", "p1"),
                        event("b1", "view"),
                        7,
                        Map.of(
                                "event_id", "b4",
                                "user_id", "u1",
                                "type", "view",
                                "item_id", "p1",
                                "timestamp", "yesterday"),
                        Map.of(
                                "event_id", "b5",
                                "user_id", "u1",
                                "type", "view",
                                "item_id", "p1",
                                "positon", 1),
                        event("b6", "view"));

        JsonNode answer = client.call("POST", EVENTS, batch);

        assertTrue(answer.path("errors").asBoolean(), answer.toString());
        List<String> told = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            told.add(
                    item.path("event_id").asText()
                            + item.path("status").asText()
                            + item.path("result").asText()
                            + item.at("/error/field").asText());
        }
        assertEquals(
                List.of(
                        "b1201created",
                        "b2400errortype",
                        "b3400erroruser_id",
                        "b1200duplicate",
                        "400errorevent",
                        "b4400errortimestamp",
                        "b5400errorpositon",
                        "b6201created"),
                told);
        String reasons = answer.toString();
        assertTrue(reasons.contains("is no event type: [veiw], did you mean [view]?"), reasons);
        assertTrue(reasons.contains("is not known, did you mean [position]?"), reasons);
        Eventually.isTrue(
                "both good events are in the profile",
                () ->
                        client.send("GET", CATALOG + "/profiles/u1", null)
                                        .json()
                                        .at("/profile/events/view/total")
                                        .asInt()
                                == 2);
    }

    @Test
    void aBadLineCostsNothingButItself() {
        JsonNode answer =
                client.callNdjson(
                        "POST",
                        EVENTS,
                        "{\"event_id\":\"l1\",\"user_id\":\"u2\",\"type\":\"view\",\"item_id\":\"p1\"}\n"
                                + "{\"event_id\":\"l2\",\n"
                                + "{\"event_id\":\"l3\",\"user_id\":\"u2\",\"type\":\"view\",\"item_id\":\"p1\"}\n");
        assertEquals("created", answer.at("/items/0/result").asText(), answer.toString());
        assertTrue(
                answer.at("/items/1/error/reason").asText().contains("is not valid JSON"),
                answer.toString());
        assertEquals("created", answer.at("/items/2/result").asText(), answer.toString());
    }

    @Test
    void aBodyWithoutEventsIsRefused() {
        assertRefused(400, "[body] is not valid JSON", "POST", EVENTS, "{\"user_id\":");
        assertRefused(400, "[body] is not valid JSON", "POST", EVENTS, "an event");
        assertRefused(400, "[body] must be an event, an array", "POST", EVENTS, "7");
        assertRefused(400, "[body] must hold an event", "POST", EVENTS, "[]");
        assertRefused(400, "[body] must be an event, an array", "POST", EVENTS, null);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String huge = "x".repeat(SharedNode.MOST_BODY_BYTES + 1000);
        Answer answer = client.send("POST", EVENTS, "{\"user_id\":\"" + huge + "\"}");
        assertEquals(413, answer.status());
    }

    @Test
    void callsForAnIndexThatIsNoCatalogSayHowToRegisterIt() {
        String how =
                "[unregistered] is not registered with Persona, register it with PUT"
                        + " /unregistered/_persona";
        String base = "/unregistered/_persona";
        assertRefused(404, how, "GET", base, null);
        assertRefused(404, how, "DELETE", base, null);
        assertRefused(404, how, "POST", base + "/events", event("e1", "view"));
        assertRefused(404, how, "GET", base + "/profiles/u1", null);
        assertRefused(404, how, "POST", base + "/factors/_train", null);
        assertRefused(404, how, "POST", base + "/models/default/_train", null);
        assertRefused(404, how, "POST", base + "/models/default/_reload", null);
        assertRefused(404, how, "GET", base + "/models/default", null);
        assertRefused(
                400,
                "[unregistered] is none; register it with PUT /unregistered/_persona",
                "POST",
                "/unregistered/_search",
                search(Map.of("user", "u1")));
    }

    @Test
    void aUserWhoIsNotKnownIsNotFound() {
        Answer answer = client.send("GET", CATALOG + "/profiles/nobody", null);
        assertEquals(404, answer.status());
        assertEquals("nobody", answer.json().path("user").asText());
        assertFalse(answer.json().path("found").asBoolean(true));
    }

    @Test
    void trainingWithWrongOrWithoutDataIsRefused() {
        String factors = CATALOG + "/factors/_train";
        assertRefused(
                400,
                "[iteratons] is not known, did you mean [iterations]?",
                "POST",
                factors,
                Map.of("iteratons", 3));
        assertRefused(400, "[alpha] must be between", "POST", factors, Map.of("alpha", -1));
        String model = CATALOG + "/models/default/_train";
        assertRefused(400, "did you mean [trees]?", "POST", model, Map.of("treees", 3));
        assertRefused(400, "[trees] must be from 1 to", "POST", model, Map.of("trees", 0));
        assertRefused(400, "[body] is not valid JSON", "POST", model, "{\"trees\":");
        assertRefused(400, "training needs at least", "POST", model, Map.of());
        assertRefused(
                400,
                "[model] must be 1 to 64 lower-case letters",
                "POST",
                CATALOG + "/models/No%20model/_train",
                null);
    }

    @Test
    void aModelThatIsNotThereIsNotFound() {
        String named = "[errors-shop] has no ranking model [none]";
        assertRefused(404, named, "GET", CATALOG + "/models/none", null);
        assertRefused(404, named, "POST", CATALOG + "/models/none/_reload", null);
        assertRefused(404, named, "POST", SEARCH, search(Map.of("user", "u1", "model", "none")));
    }

    private static Map<String, Object> search(Map<String, Object> personalize) {
        return Map.of("rescore", Ranking.rescore(personalize));
    }

    @Test
    void aRescorerThatSaysSomethingWrongIsRefused() {
        assertRefused(
                400,
                "[personalize] unknown field [modle] did you mean [model]?",
                "POST",
                SEARCH,
                search(Map.of("user", "u1", "modle", "default")));
        assertRefused(400, "[user]", "POST", SEARCH, search(Map.of()));
        assertRefused(400, "[user] must not be empty", "POST", SEARCH, search(Map.of("user", "")));
        assertRefused(
                400,
                "[missing_profile] must be [ignore] or [fail], was [cry]",
                "POST",
                SEARCH,
                search(Map.of("user", "u1", "missing_profile", "cry")));
        assertRefused(
                400,
                "unknown field [personalise]",
                "POST",
                SEARCH,
                Map.of("rescore", Map.of("personalise", Map.of("user", "u1"))));
    }

    @Test
    void aWindowThatDoesNotHoldThePageIsRefused() {
        assertRefused(
                400,
                "[window_size] must be at least [from + size] = 40 with [personalize], was 20",
                "POST",
                SEARCH,
                Map.of(
                        "from",
                        10,
                        "size",
                        30,
                        "rescore",
                        Map.of("window_size", 20, "personalize", Map.of("user", "u1"))));
    }

    @Test
    void whatElasticsearchItselfRefusesOfARescorerItRefusesHereToo() {
        Map<String, Object> rescore = Ranking.rescore(Map.of("user", "u1"));
        assertRefused(
                400,
                "[rescore] is not allowed in a scroll context",
                "POST",
                SEARCH + "?scroll=1m",
                Map.of("rescore", rescore));
    }
}
