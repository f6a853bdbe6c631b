package dev.persona.evaluate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.demo.node.ProductDocument;
import dev.persona.evaluate.history.Purchases;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

class CatalogTest {

    @Test
    void aProductHasItsMostFrequentTitleMedianPriceAndFirstDayMoved() {
        // Prices are 1, 2, 3; titles are item and day.
        List<ProductDocument> products =
                Catalog.products(
                        new Purchases()
                                .add("u1", "a", "2011-10-03")
                                .add("u1", "a", "2011-10-02")
                                .add("u2", "a", "2011-10-03")
                                .history(),
                        CalendarShift.of(
                                LocalDate.of(2011, 11, 1), Instant.parse("2026-11-01T00:10:00Z")));
        JsonNode source = products.getFirst().source();
        assertEquals(1, products.size());
        assertEquals("a 2011-10-03", source.path("title").asText());
        assertEquals(2, source.path("price").asDouble());
        assertEquals("2026-10-02T12:00:00Z", source.path("created_at").asText());
    }

    @Test
    void weightsAreThoseOfTheProjectOverThatOfAPurchase() throws IOException {
        Path file = Files.createTempFile("weights", ".json");
        Files.writeString(file, "{\"view\": 1, \"purchase\": 6, \"dismiss\": -3}");
        assertEquals(
                Map.of("view", 1 / 6.0, "purchase", 1.0, "dismiss", -0.5),
                EventWeights.read(file).byType());
        Files.delete(file);
    }
}
