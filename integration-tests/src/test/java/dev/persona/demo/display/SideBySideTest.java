package dev.persona.demo.display;

import static dev.persona.client.ElasticsearchClient.JSON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.demo.node.Hit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class SideBySideTest {

    private static final String LONG = "A Title That Is Far Longer Than Any Column Of The Table";

    private static JsonNode product(String title, String brand) {
        return JSON.createObjectNode()
                .put("title", title)
                .put("brand", brand)
                .put("price", 12345.5);
    }

    private static Hit plain(String id) {
        return new Hit(id, 1, product(LONG, "Norrland"), MissingNode.getInstance());
    }

    /** A hit explained as the rescorer explains it, below an outer explanation. */
    private static Hit explained(String id, Map<String, Double> contributions) {
        ObjectNode outer = JSON.createObjectNode().put("value", 1).put("description", "total");
        ArrayNode details =
                outer.putArray("details")
                        .addObject()
                        .put("description", "personalized score of model [default]")
                        .putArray("details");
        details.addObject().put("value", -0.25).put("description", "base value");
        contributions.forEach(
                (feature, value) ->
                        details.addObject()
                                .put("value", value)
                                .put("description", feature + " = 3.5"));
        return new Hit(id, 1, product(LONG, "Norrland"), outer);
    }

    @Test
    void noLineIsWiderThan118CharactersSoThatAnIndentFits120() {
        List<String> lines =
                new SideBySide("brand")
                        .lines(
                                List.of(plain("a"), plain("b")),
                                List.of(
                                        explained("b", Map.of("a_feature_nobody_knows_yet", 9.0)),
                                        explained("a", Map.of())),
                                10);
        assertEquals(4, lines.size());
        lines.forEach(line -> assertTrue(line.length() <= 118, line.length() + ": " + line));
    }

    @Test
    void movesAreCountedFromTheFirstPass() {
        List<Hit> first = List.of(plain("a"), plain("b"), plain("c"));
        List<Hit> then =
                List.of(
                        explained("c", Map.of("first_pass_score", 1.0)),
                        explained("b", Map.of("first_pass_score", 0.0)),
                        explained("a", Map.of("first_pass_score", -1.0)));
        List<String> lines = new SideBySide("brand").lines(first, then, 10);
        assertTrue(lines.get(2).contains("↑2"), lines.get(2));
        assertTrue(lines.get(3).contains(" = "), lines.get(3));
        assertTrue(lines.get(4).contains("↓2"), lines.get(4));
    }

    @Test
    void theReasonIsWhatSetsAHitApartFromTheWindow() {
        Hit one = explained("a", Map.of("first_pass_score", 5.0, "affinity_brand", 1.0));
        Hit other = explained("b", Map.of("first_pass_score", 5.0, "affinity_brand", -1.0));
        Reasons reasons = new Reasons(List.of(one, other));
        // The text score lifts both alike, so it moves neither.
        assertEquals("likes Norrland", reasons.of(one, true));
        assertEquals("likes others than Norrland", reasons.of(other, false));
    }

    @ParameterizedTest
    @CsvSource({
        "affinity_brand, likes Norrland",
        "affinity_category, has no category",
        "price_distance, fits price level",
        "interest_dot, interest vector",
        "interest_cosine, interest vector",
        "item_weight, chosen before",
        "days_since_item, chosen before",
        "item_popularity, popular",
        "item_click_rate, often clicked",
        "first_pass_score, matches the words",
        "age_days, how new it is",
        "hour_of_day, hour_of_day"
    })
    void knownFeaturesHavePlainWordsAndOthersKeepTheirName(String feature, String words) {
        Hit hit = explained("a", Map.of(feature, 2.0));
        Reasons reasons = new Reasons(List.of(hit, explained("b", Map.of())));
        assertEquals(words, reasons.of(hit, true));
    }

    @Test
    void aHitWithoutExplanationHasNoReason() {
        assertEquals("-", new Reasons(List.of(plain("a"))).of(plain("a"), true));
    }
}
