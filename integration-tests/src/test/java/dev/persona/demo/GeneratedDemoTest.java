package dev.persona.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.node.StandInNode;
import dev.persona.demo.progress.DemoFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class GeneratedDemoTest {

    private static StandInNode node;
    private static List<String> printed;
    private static JsonNode line;

    @BeforeAll
    static void runOnce() throws IOException {
        node = new StandInNode();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        line = run(small(node.uri()), bytes);
        printed = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static DemoOptions small(URI uri) {
        DemoOptions usual = DemoOptions.defaults(uri.getPort());
        return new DemoOptions(
                uri,
                usual.index(),
                usual.data(),
                usual.cut(),
                usual.seed(),
                usual.shards(),
                new DemoOptions.Size(2000, 200, 1800, 100));
    }

    private static JsonNode run(DemoOptions options, ByteArrayOutputStream bytes) {
        try (ElasticsearchClient client = new ElasticsearchClient(options.node());
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            return new Demo(client, options, out).run();
        }
    }

    @Test
    void lastLineIsTheFiguresAsJson() throws IOException {
        JsonNode last = ElasticsearchClient.JSON.readTree(printed.getLast());
        assertEquals(line.toString(), printed.getLast());
        assertEquals("demo", last.path("name").asText());
        JsonNode ndcg = last.path("figures").path("ndcg_10");
        assertEquals(
                ndcg.path("personalized").asDouble() / ndcg.path("first_pass").asDouble(),
                last.path("figures").path("ratio_to_first_pass").asDouble(),
                0.01);
    }

    @Test
    void evenCountingTastesBeatsTheFirstPassAndHiddenTasteBeatsAll() {
        JsonNode ndcg = line.path("figures").path("ndcg_10");
        double personalized = ndcg.path("personalized").asDouble();
        assertTrue(personalized > 1.1 * ndcg.path("first_pass").asDouble(), line.toString());
        assertTrue(ndcg.path("hidden_taste").asDouble() > 1.1 * personalized, line.toString());
    }

    @Test
    void everyEventIsFromBeforeTheLastDayAndEveryClickFollowsItsImpression() {
        Instant cut = Instant.now().minus(Duration.ofDays(1)).plusSeconds(3600);
        for (JsonNode event : node.events().values()) {
            assertTrue(event.path("timestamp").asLong() < cut.toEpochMilli(), event.toString());
            if (!event.path("type").asText().equals("impression")) {
                String session = event.path("session_id").asText();
                JsonNode impression = node.events().get(session + "-impression");
                int position = event.path("position").asInt();
                assertEquals(event.path("query_id"), impression.path("query_id"));
                assertEquals(event.path("item_id"), impression.path("items").path(position - 1));
                assertTrue(
                        event.path("timestamp").asLong() > impression.path("timestamp").asLong());
            }
        }
    }

    @Test
    void threeUsersAreShownInTablesOf120Characters() {
        List<String> tables =
                printed.stream()
                        .filter(l -> l.contains("personalised") && l.contains("why"))
                        .toList();
        assertEquals(3, tables.size());
        printed.stream()
                .filter(l -> l.contains(" | "))
                .forEach(l -> assertTrue(l.length() <= 120, () -> l.length() + ": " + l));
        assertTrue(printed.stream().anyMatch(l -> l.contains("↑") && l.contains("likes ")));
    }

    @Test
    void endsWithFiveDifferentCurlLines() {
        Set<String> lines = new HashSet<>();
        printed.stream().map(String::strip).filter(l -> l.startsWith("curl ")).forEach(lines::add);
        assertEquals(5, lines.size());
        lines.forEach(l -> assertTrue(l.contains(node.uri().toString()), l));
    }

    @Test
    void aSecondRunReplacesWhatTheFirstLeft() throws IOException {
        try (StandInNode again = new StandInNode()) {
            DemoOptions tiny =
                    new DemoOptions(
                            again.uri(),
                            "shop",
                            small(again.uri()).data(),
                            small(again.uri()).cut(),
                            3,
                            1,
                            new DemoOptions.Size(1000, 60, 100, 20));
            JsonNode first = run(tiny, new ByteArrayOutputStream());
            JsonNode second = run(tiny, new ByteArrayOutputStream());
            assertEquals(
                    first.path("figures").path("events"), second.path("figures").path("events"));
        }
    }

    @Test
    void anIndexThatNoDemoMadeIsLeftAlone() throws IOException {
        try (StandInNode other = new StandInNode()) {
            other.foreignIndex("products");
            DemoFailure failure =
                    assertThrows(
                            DemoFailure.class,
                            () -> run(small(other.uri()), new ByteArrayOutputStream()));
            assertTrue(failure.getMessage().contains("[products]"), failure.getMessage());
            assertTrue(other.hasIndex("products"));
        }
    }

    @Test
    void aNodeThatIsNotThereIsSaidInOneSentence() {
        DemoFailure failure =
                assertThrows(
                        DemoFailure.class,
                        () -> run(DemoOptions.defaults(1), new ByteArrayOutputStream()));
        assertEquals(
                "no node answers at http://127.0.0.1:1; ./persona start starts one",
                failure.getMessage());
    }
}
