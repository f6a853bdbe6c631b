package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What rules other than the default ones take and refuse. */
class EventBoundsTest {
    private static final long NOW = Instant.parse("2026-01-31T10:00:00Z").toEpochMilli();
    private static final long DAY = 86_400_000;
    private static final EventType WISHLIST = EventType.named("wishlist");
    private static final EventRules RULES =
            new EventRules(
                    Map.of("wishlist", WISHLIST),
                    3,
                    1000,
                    10,
                    90_000,
                    Map.of(EventType.IMPRESSION, 2 * DAY, WISHLIST, DAY),
                    30 * DAY);

    private static Event parse(String text) {
        try {
            return EventJson.parse(
                    new ObjectMapper().readTree(text.replace('\'', '"')), RULES, NOW);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static InvalidFieldException refused(String text) {
        return assertThrows(InvalidFieldException.class, () -> parse(text), text);
    }

    private static String at(String type, long timestamp) {
        String about = type.equals("impression") ? "'items':['p1']" : "'item_id':'p1'";
        return "{'user_id':'ann','type':'"
                + type
                + "',"
                + about
                + ",'timestamp':"
                + timestamp
                + "}";
    }

    @Test
    void aDeclaredTypeTakesAnItemOrNone() {
        Event about = parse("{'user_id':'ann','type':'wishlist','item_id':'p1'}");
        assertEquals(WISHLIST, about.type());
        assertEquals(Optional.of("p1"), about.item());
        assertEquals(Optional.empty(), parse("{'user_id':'ann','type':'wishlist'}").item());
    }

    @Test
    void aDeclaredTypeTakesNoList() {
        String head = "{'user_id':'ann','type':'wishlist','items':['p1']";
        assertEquals("items", refused(head + "}").field());
        assertEquals("scores", refused("{'user_id':'ann','type':'wishlist','scores':[1]}").field());
    }

    @Test
    void anUnknownTypeComesWithTheNearestOfAllThatAreTaken() {
        assertEquals(
                "is no event type: [wishlst], did you mean [wishlist]?",
                refused(at("wishlst", NOW)).reason());
        assertTrue(refused(at("teleported", NOW)).reason().endsWith("dismiss, wishlist]"));
        assertThrows(
                InvalidFieldException.class,
                () ->
                        EventJson.parse(
                                new ObjectMapper()
                                        .readTree("{\"user_id\":\"a\",\"type\":\"wishlist\"}"),
                                EventRules.DEFAULT,
                                NOW));
    }

    @Test
    void aTimestampMayBeAsFarAheadAsTheRulesSay() {
        assertEquals(NOW + 90_000, parse(at("click", NOW + 90_000)).timestamp());
        assertEquals(
                "must be at most 90s ahead of the server's clock, was 2026-01-31T10:01:30.001Z",
                refused(at("click", NOW + 90_001)).reason());
    }

    @Test
    void anEventIsTakenAsLongAsItsTypeIsKept() {
        Map<String, Long> kept = Map.of("impression", 2L, "wishlist", 1L, "click", 30L);
        kept.forEach(
                (type, days) -> {
                    parse(at(type, NOW - days * DAY));
                    InvalidFieldException e = refused(at(type, NOW - days * DAY - 1));
                    assertEquals("timestamp", e.field());
                    assertTrue(e.reason().contains("are kept for " + days + "d"), e.reason());
                    assertTrue(
                            e.reason().contains("" + Instant.ofEpochMilli(NOW - days * DAY)),
                            e.reason());
                });
    }

    @Test
    void whatIsKeptForeverMayBeOfAnyAge() {
        assertEquals(EventRules.FOREVER, EventRules.DEFAULT.retention(EventType.CLICK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_id", "user_id", "item_id", "session_id", "query_id", "channel"})
    void anIdMayBeAsLongAsTheRulesSay(String field) {
        Map<String, String> event =
                new TreeMap<>(Map.of("user_id", "'ann'", "type", "'click'", "item_id", "'p1'"));
        event.put(field, "'üüüüü'");
        parse(json(event));
        event.put(field, "'üüüüüx'");
        InvalidFieldException e = refused(json(event));
        assertEquals(field, e.field());
        assertEquals("must be at most 10 bytes, was 11", e.reason());
    }

    private static String json(Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add("'" + name + "':" + value));
        return "{" + String.join(",", pairs) + "}";
    }

    @Test
    void rulesThatCannotBeHeldCannotBeMade() {
        Map<String, EventType> none = Map.of();
        Map<EventType, Long> any = Map.of();
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventRules(none, 0, 1, 1, 0, any, EventRules.FOREVER));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventRules(none, 1, 1, 513, 0, any, EventRules.FOREVER));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventRules(none, 1, 1, 1, -1, any, EventRules.FOREVER));
        assertThrows(
                IllegalArgumentException.class, () -> new EventRules(none, 1, 1, 1, 0, any, 0));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new EventRules(
                                Map.of("click", EventType.CLICK),
                                1,
                                1,
                                1,
                                0,
                                any,
                                EventRules.FOREVER));
    }
}
