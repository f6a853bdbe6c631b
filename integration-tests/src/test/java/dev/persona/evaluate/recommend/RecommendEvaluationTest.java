package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.bench.Figures;
import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.node.StandInNode;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.progress.Progress;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;

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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Against a node that is stood in for: it recommends the user's own, then what is popular. */
class RecommendEvaluationTest {

    private static final LocalDate CUT = LocalDate.of(2011, 11, 1);
    private static final Instant NOW = Instant.parse("2026-06-01T13:45:00Z");
    private static final int CUSTOMERS = 30;
    private static final int LINES = 6;

    @TempDir static Path folder;

    private static final List<Interactions> FACTORIZED = new ArrayList<>();
    private static StandInNode node;
    private static JsonNode figures;
    private static List<String> printed;

    @BeforeAll
    static void runOnce() throws IOException {
        Path file = folder.resolve("purchases.csv");
        Files.writeString(file, purchases());
        node = new StandInNode();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        RecommendEvaluation evaluation = evaluation(file, CUT, out);
        try (ElasticsearchClient client = new ElasticsearchClient(node.uri())) {
            Figures found =
                    evaluation.ask(
                            evaluation.prepare(RecommendEvaluationTest::factorize), client, NOW);
            figures = ElasticsearchClient.JSON.readTree(found.toString()).path("figures");
        }
        printed = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static RecommendEvaluation evaluation(Path file, LocalDate cut, PrintStream out) {
        return new RecommendEvaluation(
                new RecommendOptions(
                        file, Optional.empty(), cut, cut.minusMonths(1), List.of(90), 2),
                new EventWeights(Map.of("purchase", 1.0)),
                out,
                new Progress(out, false));
    }

    /** Vectors at random: what is claimed here does not depend on them. */
    private static FactorModel factorize(Interactions interactions, AlsParameters parameters) {
        FACTORIZED.add(interactions);
        Random random = new Random(1);
        float[] users = new float[interactions.users().size() * parameters.factors()];
        float[] items = new float[interactions.items().size() * parameters.factors()];
        for (float[] vectors : List.of(users, items)) {
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = random.nextFloat() - 0.5f;
            }
        }
        return new FactorModel(
                interactions.users(), interactions.items(), users, items, parameters, List.of());
    }

    /** From August to November, each customer about the same things, some things new. */
    private static String purchases() {
        Random random = new Random(1);
        StringBuilder lines =
                new StringBuilder(
                        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,"
                                + "CustomerID,Country\n");
        int invoice = 500_000;
        for (String day : List.of("08-05", "09-05", "10-05", "11-05")) {
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                invoice++;
                for (int i = 0; i < LINES; i++) {
                    int item = i < 3 ? customer % 10 * 3 + i : random.nextInt(40);
                    lines.append(
                            "%d,%d,THING %d,2,2011-%sT10:00:00Z,1.25,%d,United Kingdom%n"
                                    .formatted(
                                            invoice, 20_000 + item, item, day, 17_000 + customer));
                }
            }
        }
        return lines.toString();
    }

    @Test
    void everythingBeforeTheCutIsSentAndNothingFromTheCutOn() {
        assertEquals(3 * CUSTOMERS * LINES, node.events().size());
        // The cut is moved to 13:00 of today; the last purchases were 27 days before, at 10:00.
        Instant last = Instant.parse("2026-06-01T13:00:00Z").minus(Duration.ofHours(27 * 24 - 10));
        assertEquals(
                last.toEpochMilli(),
                node.events().values().stream()
                        .mapToLong(event -> event.path("timestamp").asLong())
                        .max()
                        .orElseThrow());
    }

    @Test
    void theCatalogForgetsAsItWasChosenAndKeepsTheDaysOfTheFile() {
        assertEquals("90d", node.catalog().path("half_life").asText());
        assertEquals("Etc/GMT-11", node.catalog().path("time_zone").asText());
        assertEquals("{\"purchase\":1.0}", node.catalog().path("event_weights").toString());
    }

    @Test
    void parametersAreChosenWithoutWhatIsMeasured() {
        int grid = 12;
        assertEquals(grid + 1, FACTORIZED.size());
        // Two of the three months before the cut, which have fewer pairs than all three.
        int known = FACTORIZED.getLast().entries();
        FACTORIZED
                .subList(0, grid)
                .forEach(earlier -> assertTrue(earlier.entries() < known, "leaked"));
        assertEquals(1, printed.stream().filter(line -> line.startsWith("  * ")).count());
    }

    @Test
    void allRecommendersAreMeasuredByTheSameFigures() {
        for (JsonNode both :
                List.of(
                        figures,
                        figures.path("popularity"),
                        figures.path("own_counts"),
                        figures.path("als"))) {
            for (String which : List.of("all", "new")) {
                for (String figure :
                        List.of("recall_20", "ndcg_10", "mrr", "coverage", "novelty")) {
                    assertTrue(both.path(which).path(figure).isNumber(), which + " " + figure);
                }
            }
        }
        assertEquals(CUSTOMERS, figures.path("users").path("all").asInt());
        assertTrue(figures.path("users").path("new").asInt() > 0);
        assertTrue(figures.path("request_ms_p50").asDouble() > 0);
    }

    /** The stand-in recommends by the same rule, but for ties. */
    @Test
    void whatTheNodeRecommendsIsJudgedAsThePeersAre() {
        assertEquals(
                figures.path("own_counts").path("all").path("recall_20").asDouble(),
                figures.path("all").path("recall_20").asDouble(),
                0.05);
        assertTrue(figures.path("all").path("ndcg_10").asDouble() > 0.5);
        assertEquals(0, figures.path("unknown_users").asInt());
        assertEquals(0, figures.path("bought_before").asInt());
    }

    @Test
    void saysThatTimesAreMoved() {
        assertTrue(
                printed.stream().anyMatch(line -> line.contains("all times are moved by")),
                String.join("\n", printed));
    }

    @Test
    void theTargetsAreForThisCutOnly() {
        assertTrue(printed.stream().anyMatch(line -> line.contains("0.095")));
        Path file = folder.resolve("purchases.csv");
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        assertFalse(
                evaluation(file, CUT.plusDays(1), nowhere)
                        .prepare(RecommendEvaluationTest::factorize)
                        .hasTargets());
    }

    @Test
    void aCutWithNobodyOnBothSidesIsSaidWithTheTimeOfTheFile() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        RecommendEvaluation late =
                evaluation(folder.resolve("purchases.csv"), LocalDate.of(2020, 1, 1), nowhere);
        DemoFailure failure =
                assertThrows(
                        DemoFailure.class, () -> late.prepare(RecommendEvaluationTest::factorize));
        assertTrue(failure.getMessage().contains("from 2011-08-05 to 2011-11-05"));
        assertTrue(failure.getMessage().contains("--cut"), failure.getMessage());
    }
}
