package dev.persona.plugin.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.elasticsearch.client.Request;
import org.junit.Before;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Whatever a shop sends is answered, and what was answered is what is stored. */
public class SpoiledEventsClusterTests extends PersonaClusterTestCase {
    private static final byte[] TOKENS = "{}[]\",:\\eE-+.0123456789ntu\n \0".getBytes(UTF_8);

    private static final List<String> EVENTS =
            List.of(
                    "{\"event_id\":\"e%d\",\"user_id\":\"änn\",\"type\":\"impression\","
                            + "\"items\":[\"p1\",\"p2\"],\"scores\":[1.5,2e3],\"position\":3,"
                            + "\"price\":9.5,\"value\":-1}",
                    "{\"event_id\":\"e%d\",\"user_id\":\"\\ud83d\\ude00\",\"type\":\"wishlist\","
                            + "\"text\":\"so\",\"channel\":\"app\",\"context\":{\"a\":1,\"b\":\"d\"}}",
                    "{\"event_id\":\"e%d\",\"client_id\":\"c\",\"action_name\":\"click\","
                            + "\"timestamp\":1769851800000,\"event_attributes\":"
                            + "{\"object\":{\"object_id\":\"p1\"},\"page\":2}}");

    private final Set<String> created = new HashSet<>();
    private int next;

    @Before
    public void openTheShop() throws IOException {
        createProducts("products", 1);
        putProduct("products", "p1", "acme", 10);
        var settings = settings(8);
        settings.putObject("custom_events").put("wishlist", 4);
        ok(call("PUT", "/products/_persona", settings.toString()));
    }

    private String event() {
        return randomFrom(EVENTS).replace("%d", "" + next++);
    }

    private Reply post(byte[] body, String type) throws IOException {
        Request request =
                new Request(
                        "POST", "/products/_persona/events?format=" + randomFrom("native", "ubi"));
        request.setEntity(new ByteArrayEntity(body, ContentType.parse(type)));
        Reply reply = call(getRestClient(), request);
        for (JsonNode item : reply.json().path("items")) {
            if (item.path("result").asText().equals("created")) {
                created.add(item.path("event_id").asText());
            }
        }
        return reply;
    }

    public void testSpoiledBodiesAreAnsweredAndNoneDoesHarm() throws Exception {
        for (int i = 0; i < 200; i++) {
            byte[] body = (event() + "\n" + event()).getBytes(UTF_8);
            for (int n = between(0, 5); n > 0; n--) {
                body[between(0, body.length - 1)] =
                        randomBoolean() ? TOKENS[between(0, TOKENS.length - 1)] : randomByte();
            }
            Reply reply = post(body, randomFrom("application/json", "application/x-ndjson"));

            assertTrue(
                    reply.status() + " " + reply.json() + " for " + new String(body, UTF_8),
                    reply.status() == 200 || reply.status() == 400);
            for (JsonNode item : reply.json().path("items")) {
                int status = item.path("status").asInt();
                assertTrue(item.toString(), status < 500);
            }
        }

        assertTrue("" + created.size(), created.size() > 25);
        awaitProfiles("products");
        assertBusy(
                () ->
                        assertEquals(
                                created.size(),
                                ok(call("GET", "/products/_persona")).at("/state/events").asInt()),
                30,
                TimeUnit.SECONDS);
    }

    public void testHalfASurrogatePairIsAnsweredWhereverItStands() throws Exception {
        String good = "{\"event_id\":\"good\",\"user_id\":\"ann\",\"type\":\"search\"}";
        for (String half : List.of("\\ud83d", "\\ude00", "a\\ud83db")) {
            for (String bad :
                    List.of(
                            good.replace("good", half),
                            good.replace("ann", half),
                            good.replace("search", half),
                            good.replace("type", half),
                            good.replace("}", ",\"price\":\"" + half + "\"}"),
                            good.replace("}", ",\"timestamp\":\"" + half + "\"}"),
                            good.replace("}", ",\"context\":{\"" + half + "\":[]}}"),
                            good.replace("}", ",\"context\":{\"a\":\"" + half + "\"}}"))) {
                Request request = new Request("POST", "/products/_persona/events");
                request.setJsonEntity(good + "\n" + bad);
                Reply reply = call(getRestClient(), request);

                assertEquals(bad + " " + reply.json(), 200, reply.status());
                assertEquals(bad, 400, reply.json().at("/items/1/status").asInt());
            }
        }
    }
}
