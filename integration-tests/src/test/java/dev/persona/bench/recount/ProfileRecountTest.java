package dev.persona.bench.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.recount.CountedEvent.Facts;
import dev.persona.client.ElasticsearchClient;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A week of one user, counted by hand. */
class ProfileRecountTest {

    private static final long NOW = Instant.parse("2026-03-31T12:00:00Z").toEpochMilli();

    /** The half-life before now: everything of that moment counts half. */
    private static final String BEFORE = "2026-03-01T12:00:00Z";

    private static final Map<String, Facts> PRODUCTS =
            Map.of(
                    "lamp", new Facts(Map.of("category", List.of("light")), OptionalDouble.of(10)),
                    "sofa",
                            new Facts(
                                    Map.of("category", List.of("seat")), OptionalDouble.of(1000)));

    private static CountedEvent event(String type, String time, String rest) throws IOException {
        ObjectNode event = (ObjectNode) ElasticsearchClient.JSON.readTree("{" + rest + "}");
        event.put("type", type).put("timestamp", Instant.parse(time).toEpochMilli());
        return CountedEvent.of(event, PRODUCTS);
    }

    private static List<CountedEvent> week() throws IOException {
        return new ArrayList<>(
                List.of(
                        event(
                                "purchase",
                                BEFORE,
                                "\"item_id\": \"lamp\", \"quantity\": 2, \"session_id\": \"s1\""),
                        event(
                                "purchase",
                                "2026-03-11T12:00:00Z",
                                "\"item_id\": \"lamp\", \"price\": 9.99995, \"channel\": \"app\""),
                        event("purchase", "2026-03-31T00:00:00Z", "\"item_id\": \"gone\""),
                        event("rating", BEFORE, "\"item_id\": \"sofa\", \"value\": 1"),
                        event(
                                "impression",
                                "2026-03-30T23:59:59Z",
                                "\"items\": [\"lamp\"], \"session_id\": \"s2\"")));
    }

    @Test
    void everyFieldIsWhatItsDefinitionSays() throws IOException {
        JsonNode profile = ProfileRecount.of(RecountRules.DEFAULT, week(), NOW);

        assertEquals(BEFORE, profile.path("first_seen").asText());
        assertEquals("2026-03-31T00:00:00Z", profile.path("last_seen").asText());
        JsonNode purchases = profile.at("/events/purchase");
        assertEquals(3, purchases.path("total").asInt());
        assertEquals(1, purchases.path("days_1").asInt());
        assertEquals(1, purchases.path("days_7").asInt());
        assertEquals(2, purchases.path("days_30").asInt());
        assertEquals(3, purchases.path("days_90").asInt());
        double decayed = 0.5 + Math.pow(2, -20 / 30.0) + Math.pow(2, -0.5 / 30.0);
        assertEquals(decayed, purchases.path("decayed").asDouble(), 1e-9);
        assertEquals(0, profile.at("/events/impression/days_1").asInt());

        double lamp = 6 * 0.5 + 6 * Math.pow(2, -20 / 30.0);
        assertEquals(lamp, profile.at("/affinities/category/light").asDouble(), 1e-9);
        assertEquals(-0.5, profile.at("/affinities/category/seat").asDouble(), 1e-9);
        assertEquals(10, profile.at("/price/mean").asDouble(), 1e-9);
        assertEquals(1, profile.at("/price/spread").asDouble(), 1e-9);

        assertEquals(3, profile.at("/purchases/days").asInt());
        assertEquals(30, profile.at("/purchases/monetary").asDouble());
        assertEquals(15, profile.at("/purchases/cycle_days").asDouble());
        assertEquals(1, profile.at("/purchases/repeat_items").size());
        assertEquals(10, profile.at("/purchases/repeat_items/0/cycle_days").asDouble());
        assertEquals("2026-03-11", profile.at("/purchases/repeat_items/0/last").asText());

        assertEquals(1, profile.at("/active_hours/0").asInt());
        assertEquals(3, profile.at("/active_hours/12").asInt());
        assertEquals("[0,1,1,0,0,0,2]", profile.path("active_weekdays").toString());
        assertEquals("{\"app\":1}", profile.path("channels").toString());
        assertEquals(2, profile.path("sessions").asInt());
        assertEquals("[\"gone\",\"lamp\",\"sofa\"]", items(profile));
        assertEquals(2, profile.at("/recent_items/1/actions/purchase").asInt());
    }

    private static String items(JsonNode profile) {
        return ElasticsearchClient.JSON
                .valueToTree(profile.path("recent_items").findValuesAsText("item"))
                .toString();
    }

    @Test
    void theOrderOfTheEventsDoesNotMatter() throws IOException {
        List<CountedEvent> other = week();
        Collections.reverse(other);
        assertEquals(
                List.of(),
                ProfileComparison.differences(
                        ProfileRecount.of(RecountRules.DEFAULT, week(), NOW),
                        ProfileRecount.of(RecountRules.DEFAULT, other, NOW)));
    }

    @Test
    void oneEventTooManyOrTooFewIsADifference() throws IOException {
        JsonNode expected = ProfileRecount.of(RecountRules.DEFAULT, week(), NOW);
        for (int i = 0; i < week().size(); i++) {
            List<CountedEvent> more = week();
            more.add(week().get(i));
            List<CountedEvent> fewer = week();
            fewer.remove(i);
            for (List<CountedEvent> wrong : List.of(more, fewer)) {
                JsonNode shown = ProfileRecount.of(RecountRules.DEFAULT, wrong, NOW);
                assertTrue(
                        ProfileComparison.differences(expected, shown).toString().contains("total"),
                        "event " + i);
            }
        }
    }

    @Test
    void whatDecaysMayBeReadALittleLater() throws IOException {
        assertEquals(
                List.of(),
                ProfileComparison.differences(
                        ProfileRecount.of(RecountRules.DEFAULT, week(), NOW),
                        ProfileRecount.of(RecountRules.DEFAULT, week(), NOW + 60_000)));
    }
}
