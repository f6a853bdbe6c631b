package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events in the shape of UBI's schema 1.3.0, as its clients send them. */
class UbiEventsTest {
    private static final long NOW = Instant.parse("2026-01-31T10:00:00Z").toEpochMilli();
    private static final Instant THEN = Instant.parse("2026-01-31T09:30:00Z");
    private static final EventRules RULES =
            new EventRules(
                    Map.of("page_exit", EventType.named("page_exit")),
                    10,
                    65_536,
                    512,
                    600_000,
                    Map.of(),
                    EventRules.FOREVER);

    private static final String CLICK =
            """
            {"application": "primary-search", "action_name": "click_through",
             "query_id": "00112233-4455-6677-8899-aabbccddeeff",
             "session_id": "84266fdbd31d4c2c6d0665f7e8380fa3",
             "client_id": "BugsBunny::Firefox@0967084", "user_id": "",
             "timestamp": "2026-01-31T09:30:00Z", "message_type": "CLICK", "message": "Red lamp",
             "event_attributes": {
                "object": {"object_id": "XYZ-12345", "object_id_type": "product",
                           "object_id_field": "sku", "internal_id": 17, "description": "Lamp",
                           "object_detail": {"cost": 9.5}},
                "position": {"ordinal": 3, "xy": {"x": 10.5, "y": 20}, "trail": "a > b"},
                "result_count": 24, "dwell_seconds": 1.5, "logged_in": false, "theme": "dark",
                "ip": "192.0.2.7", "clientIp": "192.0.2.7", "nothing": null, "tags": ["x"]}}
            """;

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Event parse(JsonNode json) {
        return EventFormat.UBI.parse(json, RULES, NOW);
    }

    private static ObjectNode click() {
        return (ObjectNode) json(CLICK);
    }

    private static InvalidFieldException refused(JsonNode json) {
        return assertThrows(InvalidFieldException.class, () -> parse(json));
    }

    @Test
    void aClickKeepsAllThatAnEventHasAPlaceFor() {
        Event event = parse(click());

        assertEquals("BugsBunny::Firefox@0967084", event.user());
        assertEquals(EventType.CLICK, event.type());
        assertEquals(Optional.of("XYZ-12345"), event.item());
        assertEquals(THEN, Instant.ofEpochMilli(event.timestamp()));
        assertEquals(
                new Event.Origin(
                        Optional.of("84266fdbd31d4c2c6d0665f7e8380fa3"),
                        Optional.of("00112233-4455-6677-8899-aabbccddeeff"),
                        Optional.empty(),
                        3,
                        Optional.of("primary-search")),
                event.query());
        assertEquals(Optional.of("Red lamp"), event.note().text());
        assertEquals(
                Map.of(
                        "result_count",
                        24L,
                        "dwell_seconds",
                        1.5,
                        "logged_in",
                        false,
                        "theme",
                        "dark"),
                event.note().context());
        assertEquals(NOW, event.note().receivedAt());
    }

    @Test
    void noIpAddressIsKept() {
        assertFalse(EventJson.stored(parse(click())).toString().contains("192.0.2.7"));
    }

    @Test
    void theSameEventInBothFormatsIsOneEvent() {
        JsonNode ours =
                json(
                        """
                        {"user_id": "c1", "type": "purchase", "item_id": "7", "query_id": "q",
                         "timestamp": 1769851800000, "context": {"page": 2}}
                        """);
        JsonNode ubi =
                json(
                        """
                        {"client_id": "c1", "action_name": "purchase", "query_id": "q",
                         "timestamp": "2026-01-31T09:30:00Z",
                         "event_attributes": {"object": {"object_id": 7}, "page": 2}}
                        """);
        assertEquals(EventJson.parse(ours, RULES, NOW).id(), parse(ubi).id());
    }

    @Test
    void anIdThatWasSentIsKept() {
        assertEquals("e1", parse(click().put("event_id", "e1")).id());
        assertEquals(22, parse(click().put("event_id", "")).id().length());
    }

    @Test
    void anImpressionIsOfOneItemInItsPlace() {
        Event event = parse(click().put("action_name", "impression"));
        assertEquals(EventType.IMPRESSION, event.type());
        assertEquals(List.of("XYZ-12345"), event.items());
        assertEquals(3, event.query().position());
    }

    @Test
    void aSearchNeedsNoAttributes() {
        Event event =
                parse(
                        json(
                                """
                                {"client_id": "c1", "action_name": "on_search", "query_id": "q",
                                 "user_query": "red lamp", "timestamp": 1769851800000,
                                 "message_type": "QUERY", "message": null}
                                """));
        assertEquals(EventType.SEARCH, event.type());
        assertEquals(Optional.of("red lamp"), event.query().query());
        assertEquals(List.of(), event.items());
        assertEquals(Event.Amount.ONE, event.amount());
    }

    @Test
    void anActionThatTheCatalogDeclaresIsTaken() {
        Event event =
                parse(
                        json(
                                """
                                {"action_name": "page_exit", "client_id": "c1", "page_id": "/docs/",
                                 "timestamp": "2026-01-31T09:30:00.000Z", "message_type": "INFO",
                                 "event_attributes": {"position": {},
                                    "object": {"idleTimeoutMs": 5000, "callbacks": []}}}
                                """));
        assertEquals("page_exit", event.type().id());
        assertEquals(Optional.empty(), event.item());
        assertEquals(0, event.query().position());
    }

    @ParameterizedTest
    @CsvSource({
        "click, click",
        "click_through, click",
        "view, view",
        "watch, view",
        "add_to_cart, add_to_cart",
        "addToCart, add_to_cart",
        "Add to Cart, add_to_cart",
        "add-to-cart, add_to_cart",
        "purchase, purchase",
        "product_purchase, purchase",
        "impression, impression",
        "declined_product, dismiss",
        "favourite, favorite",
        "remove_from_cart, remove_from_cart",
    })
    void anActionIsTakenInWhateverWayItsWordsAreJoined(String action, String type) {
        assertEquals(type, parse(click().put("action_name", action)).type().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T09:30:00Z",
                "2026-01-31T09:30:00+00:00",
                "2026-01-31T10:30:00.000+01:00",
                "2026-01-31T09:30:00",
                "1769851800000",
            })
    void aTimestampWithoutAnOffsetIsUtc(String text) {
        Event event = parse(click().put("timestamp", text));
        assertEquals(THEN, Instant.ofEpochMilli(event.timestamp()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "action_name", "timestamp"})
    void whatIsMissingIsNamedAsUbiNamesIt(String field) {
        ObjectNode without = click();
        without.remove(field);
        assertEquals("[" + field + "] is required", refused(without).getMessage());
        assertEquals(field, refused(click().putNull(field)).field());
    }

    @Test
    void anActionOnAnItemNeedsItsObjectId() {
        String message = "[event_attributes.object.object_id] is required for [click]";
        ObjectNode without = click();
        without.remove("event_attributes");
        assertEquals(message, refused(without).getMessage());
        without.putObject("event_attributes").putObject("object").put("object_id", "");
        assertEquals(message, refused(without).getMessage());
        assertEquals(
                "[event_attributes.object.object_id] is required for [impression]",
                refused(without.put("action_name", "impression")).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/event_attributes/position|ordinal|0|event_attributes.position.ordinal",
                "/event_attributes/position|ordinal|\"3\"|event_attributes.position.ordinal",
                "/event_attributes/object|object_id|[]|event_attributes.object.object_id",
                "/event_attributes|object|[]|event_attributes.object",
                "|event_attributes|3|event_attributes",
                "|client_id|{}|client_id",
                "|action_name|\"teleport\"|action_name",
                "|timestamp|\"2026-01-31T10:10:00.001Z\"|timestamp",
                "|timestamp|\"yesterday\"|timestamp",
                "|query_id|\"a\\ud83d\"|query_id",
                "|message|[1]|message",
            })
    void aWrongValueIsNamedAsUbiNamesIt(String where, String field, String value, String named) {
        ObjectNode event = click();
        ((ObjectNode) event.at(where == null ? "" : where)).set(field, json(value));
        assertEquals(named, refused(event).field());
    }

    @Test
    void idsAreMeasuredHereToo() {
        String most = "x".repeat(512);
        parse(click().put("client_id", most));
        assertEquals("client_id", refused(click().put("client_id", most + "x")).field());
        ObjectNode event = click();
        ((ObjectNode) event.at("/event_attributes/object")).put("object_id", most + "x");
        assertEquals("event_attributes.object.object_id", refused(event).field());
    }

    @Test
    void furtherAttributesAreAtMostFifty() {
        ObjectNode event = click();
        ObjectNode attributes = (ObjectNode) event.path("event_attributes");
        for (int i = 0; i < 46; i++) {
            attributes.put("k" + i, i);
        }
        assertEquals(50, parse(event).note().context().size());
        attributes.put("k46", 46);
        assertEquals(
                "[event_attributes] must have at most 50 keys, was 51",
                refused(event).getMessage());
    }
}
