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
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class RetailDemoTest {

    private static final String[] THINGS = {"BAG", "BOX", "MUG", "CLOCK", "CANDLE", "FRAME"};
    private static final int MOTIFS = 30;

    @TempDir static Path folder;

    private static StandInNode node;
    private static Path file;
    private static List<String> printed;
    private static JsonNode line;

    @BeforeAll
    static void runOnce() throws IOException {
        file = folder.resolve("purchases.csv");
        Files.writeString(file, purchases());
        node = new StandInNode();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        line = run(LocalDate.of(2011, 11, 1), bytes);
        printed = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static JsonNode run(LocalDate cut, ByteArrayOutputStream bytes) {
        DemoOptions usual = DemoOptions.defaults(node.uri().getPort());
        DemoOptions options =
                new DemoOptions(
                        usual.node(),
                        usual.index(),
                        Optional.of(file),
                        cut,
                        usual.seed(),
                        usual.shards(),
                        usual.size());
        try (ElasticsearchClient client = new ElasticsearchClient(node.uri());
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            return new Demo(client, options, out).run();
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Forty customers, each buying mostly one motif, twice a month from September on. */
    private static String purchases() {
        Random random = new Random(1);
        StringBuilder lines =
                new StringBuilder(
                        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,"
                                + "CustomerID,Country\n");
        int invoice = 500_000;
        for (String day : List.of("09-05", "09-20", "10-05", "10-20", "11-05", "11-20")) {
            for (int customer = 0; customer < 40; customer++) {
                invoice++;
                for (int i = 0; i < 8; i++) {
                    int motif = i < 6 ? customer % MOTIFS : random.nextInt(MOTIFS);
                    int thing = random.nextInt(THINGS.length);
                    lines.append(
                            "%d,%d,MOTIF%s %s,2,2011-%sT10:00:00Z,1.25,%d,United Kingdom%n"
                                    .formatted(
                                            invoice,
                                            20_000 + motif * 10 + thing,
                                            (char) ('A' + motif),
                                            THINGS[thing],
                                            day,
                                            17_000 + customer));
                }
            }
        }
        return lines.toString();
    }

    @Test
    void nothingFromTheCutOnIsSent() {
        long purchases =
                node.events().values().stream()
                        .filter(e -> e.path("type").asText().equals("purchase"))
                        .count();
        assertEquals(4 * 40 * 8, purchases);
        long now = Instant.now().toEpochMilli();
        node.events()
                .values()
                .forEach(e -> assertTrue(e.path("timestamp").asLong() < now, e.toString()));
    }

    @Test
    void aPurchaseWithAQueryFollowsThatQuerysImpression() {
        int followUps = 0;
        for (JsonNode event : node.events().values()) {
            if (event.path("type").asText().equals("purchase") && event.has("query_id")) {
                JsonNode impression = node.events().get(event.path("query_id").asText());
                int position = event.path("position").asInt();
                assertEquals(event.path("item_id"), impression.path("items").path(position - 1));
                assertEquals(event.path("user_id"), impression.path("user_id"));
                assertTrue(
                        impression.path("timestamp").asLong() < event.path("timestamp").asLong());
                followUps++;
            }
        }
        assertTrue(followUps > 50, followUps + " follow-ups");
    }

    @Test
    void madeQueriesAreCalledMade() {
        assertTrue(printed.stream().anyMatch(l -> l.contains("queries are MADE from titles")));
        assertTrue(printed.stream().anyMatch(l -> l.startsWith("made query \"")));
    }

    @Test
    void endsWithTheFiguresOfAllOrders() {
        assertEquals(line.toString(), printed.getLast());
        JsonNode ndcg = line.path("figures").path("ndcg_10");
        for (String order : List.of("first_pass", "popularity", "own_purchases", "personalized")) {
            assertTrue(ndcg.path(order).asDouble() > 0, line.toString());
        }
        assertTrue(
                ndcg.path("personalized").asDouble() > ndcg.path("first_pass").asDouble(),
                line.toString());
    }

    @Test
    void aCutOutsideTheFileIsSaid() {
        DemoFailure failure =
                assertThrows(
                        DemoFailure.class,
                        () -> run(LocalDate.of(2020, 1, 1), new ByteArrayOutputStream()));
        assertTrue(failure.getMessage().contains("--cut"), failure.getMessage());
    }
}
