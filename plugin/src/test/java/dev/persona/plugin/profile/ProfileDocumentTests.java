package dev.persona.plugin.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.test.ESTestCase;

import java.util.Map;
import java.util.Optional;

public class ProfileDocumentTests extends ESTestCase {
    private static final ProfileRules RULES =
            CatalogSettings.parse(JsonNodeFactory.instance.objectNode()).rules();

    private static ObjectNode document() {
        return JsonNodeFactory.instance.objectNode().put("user_id", "u1");
    }

    private static BytesReference stored(ObjectNode document) {
        return new BytesArray(randomBoolean() ? Json.smile(document) : Json.bytes(document));
    }

    public void testWhereADocumentLeadsIsSeenInEitherForm() {
        assertEquals(
                Optional.of("u2"),
                ProfileDocument.mergedInto(stored(document().put("merged_into", "u2"))));
        assertEquals(Optional.empty(), ProfileDocument.mergedInto(stored(document())));
    }

    public void testAUserNamedLikeAFieldDoesNotLeadAnywhere() {
        ObjectNode named = document().put("user_id", "merged_into").put("x", "tracking");

        assertEquals(Optional.empty(), ProfileDocument.mergedInto(stored(named)));
        assertTrue(ProfileDocument.agreesToTracking(stored(named)));
    }

    public void testWhoObjectsIsSeenInEitherFormWhateverTheAttributesAreNamed() {
        ObjectNode document = document();
        document.putObject("attributes").put("tracking", "yes");
        document.put("tracking", false);

        assertFalse(ProfileDocument.agreesToTracking(stored(document)));
        assertTrue(ProfileDocument.agreesToTracking(stored(document())));
    }

    public void testWhatIsWrittenIsReadBack() {
        ProfileDocument empty = ProfileDocument.empty(RULES);
        ProfileDocument document = empty.into("u2").upTo("u1", 7);

        ProfileDocument read = ProfileDocument.read(new BytesArray(document.source("u1")), RULES);

        assertEquals(Optional.of("u2"), read.mergedInto());
        assertEquals(document.applied(), read.applied());
    }

    public void testASegmentIsKeptOnlyOfWhoCountsAndAgrees() {
        ProfileDocument document =
                ProfileDocument.empty(RULES).withSegment(Optional.of("s3")).upTo("u1", 7);

        assertEquals(
                Optional.of("s3"),
                ProfileDocument.read(new BytesArray(document.source("u1")), RULES).segment());
        assertEquals(Optional.empty(), document.into("u2").segment());
        assertEquals(Optional.empty(), document.withStated(new Stated(Map.of(), false)).segment());
        assertFalse("without events", document.belongsToASegment());
    }

    public void testWhatIsLikedMostIsWrittenDownByAttribute() {
        ProfileDocument document = ProfileDocument.empty(RULES);
        assertFalse(Json.readStored(new BytesArray(document.source("u1"))).has("likes"));
        for (int value = 1; value <= 7; value++) {
            String type = value == 7 ? "dismiss" : "click";
            for (int i = 0; i < value; i++) {
                document.profile().apply(event(type, "brand-" + value));
            }
        }

        assertEquals(
                Json.readText(
                        "{\"brand\": [\"brand-6\", \"brand-5\", \"brand-4\", \"brand-3\", \"brand-2\"]}"),
                Json.readStored(new BytesArray(document.source("u1"))).path("likes"));
    }

    private static Event event(String type, String brand) {
        ObjectNode stored =
                document()
                        .put("type", type)
                        .put("item_id", "p")
                        .put("timestamp", 1_767_225_600_000L);
        stored.putObject("item").putObject("attributes").putArray("brand").add(brand);
        return EventJson.readStored("e", stored);
    }
}
