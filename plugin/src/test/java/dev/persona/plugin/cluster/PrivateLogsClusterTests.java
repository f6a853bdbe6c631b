package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.elasticsearch.test.MockLog;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What users are and do is for the indices, not for the logs. */
public class PrivateLogsClusterTests extends PersonaClusterTestCase {
    /** Part of everything in the test that belongs to a user. */
    private static final String SECRET = "lovelace";

    private static final String USER = "ada-lovelace";
    private static final String VISITOR = "visitor-lovelace";

    /** Everything that is logged at INFO or above. */
    private static final class Lines implements MockLog.LoggingExpectation {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void match(LogEvent event) {
            if (event.getLevel().isMoreSpecificThan(Level.INFO)) {
                lines.add(event.getMessage().getFormattedMessage() + " " + event.getThrown());
            }
        }

        @Override
        public void assertMatched() {
            for (String line : lines) {
                assertFalse(line, line.contains(SECRET));
            }
        }
    }

    private static ObjectNode click(String id, String user) {
        ObjectNode event = event(id, user, "click", "p1", System.currentTimeMillis());
        event.put("query", "what lovelace looks for");
        event.put("text", "what lovelace says");
        return event;
    }

    private static Reply post(String path, String body) throws IOException {
        return call("POST", "/products/_persona" + path, body);
    }

    public void testNothingOfAUserIsLogged() throws Exception {
        Lines logged = new Lines();
        try (MockLog log = MockLog.capture("")) {
            log.addExpectation(logged);
            createProducts("products", 1);
            putProduct("products", "p1", "acme", 10);
            register("products", 4);
            ok(post("/events", click("e1", USER).toString()));
            ok(post("/events", click("e1", USER).toString()));
            ok(post("/events", click("e2", VISITOR).toString()));
            ok(post("/events", "{\"user_id\": \"" + USER + "\", \"type\": \"lovelace\"}"));
            assertEquals(400, post("/events", "lovelace").status());
            ok(call("PUT", "/products/_persona/profiles/" + USER, "{\"tracking\": true}"));
            String merge = "{\"from\": [\"" + VISITOR + "\"], \"into\": \"" + USER + "\"}";
            ok(post("/profiles/_merge", merge));
            assertEquals(
                    409,
                    post("/profiles/_merge", merge.replace(USER, "lovelace-the-other")).status());
            awaitProfiles("products");
            ok(post("/profiles/_rebuild", ""));
            strangeDocuments();
            ok(call("DELETE", "/products/_persona/profiles/" + USER));
            ok(post("/events", click("e3", USER).toString()));
            awaitProfiles("products");
            // It has been listening.
            assertBusy(
                    () ->
                            assertTrue(
                                    logged.lines.toString(),
                                    logged.lines.stream()
                                            .anyMatch(line -> line.contains("it is no event"))),
                    10,
                    TimeUnit.SECONDS);
            log.assertAllExpectationsMatched();
        }
    }

    /** What somebody else has written among the events. */
    private static void strangeDocuments() throws Exception {
        for (String body :
                List.of(
                        "{\"user_id\": \"ada-lovelace\", \"type\": \"LOVELACE lovelace\"}",
                        "{\"type\": [\"lovelace\"]}")) {
            assertEquals(
                    201,
                    call("POST", "/persona-events-products/_doc?routing=" + USER, body).status());
        }
        awaitProfiles("products");
    }
}
