package dev.persona.plugin.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.EventRules;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.core.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class CatalogSettingsTest {
    private static final String EVERYTHING =
            """
            {"fields": {"title": "name", "price": "cost", "created_at": "since",
                        "attributes": ["category", "brand"], "category": "category"},
             "event_weights": {"view": 2, "dismiss": -5.5},
             "custom_events": {"wishlist": 4, "complaint": -1.5},
             "half_life": "36h", "factors": 16,
             "limits": {"events_per_call": 500, "event_bytes": "16kb", "id_bytes": 64,
                        "future": "90s"},
             "retention": {"default": "730d", "impression": "90d", "wishlist": "36h"},
             "time_zone": "Europe/Berlin"}
            """;

    private static final EventType WISHLIST = EventType.named("wishlist");
    private static final EventType COMPLAINT = EventType.named("complaint");

    private static CatalogSettings parse(String json) {
        return CatalogSettings.parse(Json.readText(json));
    }

    @Test
    void everythingSaidIsTaken() {
        CatalogSettings settings = parse(EVERYTHING);

        assertEquals(Optional.of("name"), settings.title());
        assertEquals(Optional.of("cost"), settings.price());
        assertEquals(Optional.of("since"), settings.createdAt());
        assertEquals(List.of("category", "brand"), settings.attributes());
        assertEquals(TimeValue.timeValueHours(36), settings.halfLife());
        assertEquals(16, settings.factors());
        assertEquals(2, settings.eventWeights().get(EventType.VIEW));
        assertEquals(-5.5, settings.eventWeights().get(EventType.DISMISS));
        assertEquals(Optional.of("category"), settings.category());
        assertEquals(Map.of(WISHLIST, 4.0, COMPLAINT, -1.5), settings.customEvents());
        assertEquals(ZoneId.of("Europe/Berlin"), settings.timeZone());
    }

    @Test
    void theRulesOfEventsAreWhatWasSaid() {
        long hour = 3_600_000;
        assertEquals(
                new EventRules(
                        Map.of("wishlist", WISHLIST, "complaint", COMPLAINT),
                        500,
                        16 * 1024,
                        64,
                        90_000,
                        Map.of(EventType.IMPRESSION, 90 * 24 * hour, WISHLIST, 36 * hour),
                        730 * 24 * hour),
                parse(EVERYTHING).eventRules());
        assertEquals(EventRules.DEFAULT, parse("{}").eventRules());
    }

    @Test
    void aDeclaredTypeWeighsWhatWasSaid() {
        assertEquals(-1.5, parse(EVERYTHING).rules().weight(COMPLAINT));
        assertEquals(2, parse(EVERYTHING).rules().weight(EventType.VIEW));
    }

    @Test
    void whatIsNotSaidIsAsDocumented() {
        CatalogSettings settings = parse("{}");

        assertEquals(Optional.empty(), settings.price());
        assertEquals(List.of(), settings.attributes());
        assertEquals(TimeValue.timeValueDays(30), settings.halfLife());
        assertEquals(64, settings.factors());
        assertEquals(Optional.empty(), settings.category());
        assertEquals(Map.of(), settings.customEvents());
        assertEquals(ZoneId.of("UTC"), settings.timeZone());
        assertEquals(
                Json.readText(
                        """
                        {"events_per_call": 10000, "event_bytes": "64kb", "id_bytes": 512,
                         "future": "10m"}
                        """),
                settings.toJson().path("limits"));
    }

    @Test
    void weightsNotSaidAreThoseOfTheConfiguration() {
        Map<String, Double> expected = new TreeMap<>();
        Json.config("event_weights.json")
                .properties()
                .forEach(e -> expected.put(e.getKey(), e.getValue().asDouble()));
        expected.put("view", 2.0);

        Map<String, Double> weights = new TreeMap<>();
        parse("{\"event_weights\": {\"view\": 2}}")
                .eventWeights()
                .forEach((type, weight) -> weights.put(type.id(), weight));

        assertEquals(expected, weights);
        assertEquals(EventType.standard().size(), weights.size());
    }

    @Test
    void printedSettingsParseToTheSame() {
        CatalogSettings settings = parse(EVERYTHING);

        assertEquals(settings, CatalogSettings.parse(settings.toJson()));
        assertEquals(parse("{}"), CatalogSettings.parse(parse("{}").toJson()));
    }

    @Test
    void differencesAreNamedAndNothingElse() {
        CatalogSettings settings = parse(EVERYTHING);
        ObjectNode other = settings.toJson().put("factors", 17);
        other.putObject("event_weights").put("view", 3);

        assertEquals(
                List.of("event_weights", "factors"),
                settings.differences(CatalogSettings.parse(other)));
        assertEquals(List.of(), settings.differences(parse(EVERYTHING)));
    }

    @Test
    void limitsAndRetentionAreDifferencesThatDoNotLast() {
        CatalogSettings settings = parse(EVERYTHING);
        ObjectNode other = settings.toJson().put("time_zone", "UTC");
        other.putObject("limits").put("id_bytes", 65);
        other.putObject("retention");
        ((ObjectNode) other.path("fields")).put("category", "brand");
        ((ObjectNode) other.path("custom_events")).put("wishlist", 5);
        CatalogSettings changed = CatalogSettings.parse(other);

        assertEquals(
                List.of("fields", "custom_events", "limits", "retention", "time_zone"),
                settings.differences(changed));
        assertEquals(
                List.of("fields", "custom_events", "time_zone"),
                settings.lastingDifferences(changed));
    }

    @Test
    void settingsStoredBeforeThereWereLimitsAreRead() {
        ObjectNode old = parse("{}").toJson();
        old.remove(List.of("custom_events", "limits", "retention", "time_zone"));
        assertEquals(parse("{}"), CatalogSettings.parse(old));
    }

    @Test
    void theSameHalfLifeInOtherWordsIsNoDifference() {
        assertEquals(
                List.of(),
                parse("{\"half_life\": \"2d\"}").differences(parse("{\"half_life\": \"48h\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                              | body                 | object
                    {"feilds": {}}                                  | feilds               | [fields]
                    {"fields": []}                                  | fields               | object
                    {"fields": {"prize": "price"}}                  | fields.prize         | [fields.price]
                    {"fields": {"price": 1.5}}                      | fields.price         | string
                    {"fields": {"title": ""}}                       | fields.title         | empty
                    {"fields": {"attributes": "brand"}}             | fields.attributes    | array
                    {"fields": {"attributes": ["a", "b", "a"]}}     | fields.attributes    | twice
                    {"event_weights": {"veiw": 1}}                  | event_weights.veiw   | [view]
                    {"event_weights": {"view": "much"}}             | event_weights.view   | number
                    {"event_weights": [1]}                          | event_weights        | object
                    {"half_life": "soon"}                           | half_life            | such as 30d
                    {"half_life": "59s"}                            | half_life            | from 1m
                    {"half_life": "36501d"}                         | half_life            | 36500d
                    {"fields": {"category": "brand"}}               | fields.category      | one of [fields.attributes]
                    {"custom_events": {"view": 1}}                  | custom_events.view   | [event_weights]
                    {"custom_events": {"Wish": 1}}                  | custom_events.Wish   | lower-case letters
                    {"custom_events": {"default": 1}}               | custom_events.default | another name
                    {"custom_events": {"wish": "much"}}             | custom_events.wish   | number
                    {"custom_events": {"wish": 1000001}}            | custom_events.wish   | 1000000.0
                    {"limits": 3}                                   | limits               | object
                    {"limits": {"event_byte": "1kb"}}               | limits.event_byte    | [limits.event_bytes]
                    {"limits": {"events_per_call": 0}}              | limits.events_per_call | from 1 to 1000000
                    {"limits": {"event_bytes": "big"}}              | limits.event_bytes   | such as 64kb
                    {"limits": {"event_bytes": 65536}}              | limits.event_bytes   | such as 64kb
                    {"limits": {"event_bytes": "127b"}}             | limits.event_bytes   | from 128b to 10mb
                    {"limits": {"event_bytes": "11mb"}}             | limits.event_bytes   | from 128b to 10mb
                    {"limits": {"id_bytes": 513}}                   | limits.id_bytes      | from 1 to 512
                    {"limits": {"future": "-1"}}                    | limits.future        | to 365d
                    {"limits": {"future": "soon"}}                  | limits.future        | such as 30d
                    {"retention": {"default": "59s"}}               | retention.default    | from 1m
                    {"retention": {"veiw": "1d"}}                   | retention.veiw       | [retention.view]
                    {"retention": {"wishlist": "1d"}}               | retention.wishlist   | known are
                    {"time_zone": "Europe/Berln"}                   | time_zone            | [Europe/Berlin]
                    {"time_zone": "+02:00"}                         | time_zone            | such as Europe/Berlin
                    {"factors": 0}                                  | factors              | from 1 to 1024
                    {"factors": 1025}                               | factors              | from 1 to 1024
                    {"factors": 2.5}                                | factors              | whole number
                    """)
    void anErrorNamesTheFieldAndWhatWouldBeRight(String json, String field, String right) {
        InvalidFieldException e = assertThrows(InvalidFieldException.class, () -> parse(json));

        assertEquals(field, e.field());
        assertTrue(e.getMessage().startsWith("[" + field + "]"), e.getMessage());
        assertTrue(e.reason().contains(right), e.getMessage());
    }

    @Test
    void aCatalogHasAtMostTwentyAttributes() {
        ObjectNode json = parse("{}").toJson();
        var attributes = json.putObject("fields").putArray("attributes");
        for (int i = 0; i < 20; i++) {
            attributes.add("a" + i);
        }
        assertEquals(20, CatalogSettings.parse(json).attributes().size());

        attributes.add("one too many");

        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> CatalogSettings.parse(json));
        assertEquals("[fields.attributes] must be at most 20, was 21", e.getMessage());
    }
}
