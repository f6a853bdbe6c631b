package dev.persona.plugin.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.core.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class CatalogSettingsTest {
    private static final String EVERYTHING =
            """
            {"fields": {"title": "name", "price": "cost", "created_at": "since",
                        "attributes": ["category", "brand"]},
             "event_weights": {"view": 2, "dismiss": -5.5},
             "half_life": "36h", "factors": 16}
            """;

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
    }

    @Test
    void whatIsNotSaidIsAsDocumented() {
        CatalogSettings settings = parse("{}");

        assertEquals(Optional.empty(), settings.price());
        assertEquals(List.of(), settings.attributes());
        assertEquals(TimeValue.timeValueDays(30), settings.halfLife());
        assertEquals(64, settings.factors());
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
