package dev.persona.plugin.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.catalog.Tagging;
import dev.persona.plugin.catalog.TaggingOf;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.test.ESTestCase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tags stand in a document as they are when it is written. */
public class TagsTests extends ESTestCase {
    private static final long DAY = 86_400_000;
    private static final long TODAY = 20_000;
    private static final long NOW = TODAY * DAY + DAY / 2;
    private static final CatalogSettings SETTINGS =
            CatalogSettings.parse(Json.readText("{\"fields\": {\"price\": \"price\"}}"));
    private static final ProfileRules RULES = SETTINGS.rules();
    private static final Tagging TAGGING =
            TaggingOf.rules(
                    """
                    {"new": {"when": {"field": "first_seen_days", "lt": 7}},
                     "abroad": {"when": {"not": {"field": "attributes.country", "eq": "AT"}}}}
                    """,
                    SETTINGS);

    private static final String PURCHASE =
            """
            {"user_id": "u1", "type": "purchase", "item_id": "p1", "quantity": 3,
             "item": {"price": 10}}
            """;

    /** A user who bought for 30 in all, two days ago. */
    private static ProfileDocument buyer() {
        ObjectNode event = (ObjectNode) Json.readText(PURCHASE);
        event.put("timestamp", NOW - 2 * DAY);
        ProfileDocument document = ProfileDocument.empty(RULES);
        document.profile().apply(EventJson.readStored("e1", event));
        return document;
    }

    private static JsonNode source(ProfileDocument document) {
        return Json.readStored(new BytesArray(document.source("u1")));
    }

    public void testAWrittenDocumentIsLookedAtAgainTomorrow() {
        ProfileDocument tagged = buyer().tagged(TAGGING, NOW);

        assertEquals(List.of("abroad", "new"), tagged.tags().names());
        assertEquals(OptionalLong.of(TODAY + 1), tagged.tags().due());
        assertEquals("[\"abroad\",\"new\"]", source(tagged).path("tags").toString());
        assertEquals(
                tagged.tags(),
                ProfileDocument.read(new BytesArray(tagged.source("u1")), RULES).tags());
    }

    public void testTheExactDayIsTheOneOnWhichTheTagsChange() {
        assertEquals(
                new Tags(List.of("abroad", "new"), OptionalLong.of(TODAY + 5)),
                Tags.exact(buyer(), TAGGING, NOW));
    }

    public void testWhatIsStatedIsSeenByRules() {
        Stated austrian = new Stated(Map.of("country", TextNode.valueOf("AT")), true);

        assertEquals(
                List.of("new"), buyer().withStated(austrian).tagged(TAGGING, NOW).tags().names());
    }

    public void testAnIdThatLeadsToAnotherHasNoTags() {
        ProfileDocument led = buyer().tagged(TAGGING, NOW).into("u2").tagged(TAGGING, NOW);

        assertEquals(Tags.NONE, led.tags());
        assertEquals(Tags.NONE, Tags.exact(led, TAGGING, NOW));
        assertFalse(source(led).has("tags_due"));
        assertEquals(Optional.of("u2"), led.mergedInto());
    }

    public void testNumbersOfAPopulationStandBesideTheProfile() {
        assertEquals(
                "{\"last_day\":"
                        + (TODAY - 2)
                        + ",\"days\":1,\"monetary\":30.0,\"mean_log_price\":"
                        + Math.rint(Math.log(10) * 1e9) / 1e9
                        + "}",
                source(buyer()).path("rfm").toString());
        assertFalse(source(ProfileDocument.empty(RULES)).has("rfm"));
    }

    public void testNoPriceMakesADocumentThatElasticsearchRefuses() {
        ProfileDocument document = ProfileDocument.empty(RULES);
        for (int i = 0; i < 20; i++) {
            ObjectNode event = (ObjectNode) Json.readText(PURCHASE);
            event.put("timestamp", NOW - i * DAY).put("price", Double.MAX_VALUE);
            document.profile().apply(EventJson.readStored("e" + i, event));
        }

        JsonNode figures = source(document).path("rfm");

        assertTrue(figures.toString(), figures.path("monetary").isNumber());
        assertTrue(Double.isFinite(figures.path("monetary").doubleValue()));
    }
}
