package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class EventJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NOW = Instant.parse("2026-01-31T10:00:00Z").toEpochMilli();

    /** Single quotes stand for double ones. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Event parse(String text) {
        return EventJson.parse(json(text), EventRules.DEFAULT, NOW);
    }

    private static void assertRefused(String field, String reason, String text) {
        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> parse(text), text);
        assertEquals(field, e.field(), e.getMessage());
        assertTrue(e.reason().contains(reason), e.getMessage());
    }

    /** A valid click with one more field or more. */
    private static String click(String more) {
        return "{'user_id':'ann','type':'click','item_id':'p1'," + more + "}";
    }

    @Test
    void everyFieldIsReadAsSent() {
        Event event =
                parse(
                        "{'event_id':'e1','user_id':7,'type':'click','item_id':'p1',"
                                + "'timestamp':1769851800000,'session_id':'s','query_id':'q',"
                                + "'query':'lamp','position':3,'quantity':2,'price':9.5,'value':4,"
                                + "'text':'Good','channel':'app','context':"
                                + "{'page':2,'dwell':1.5,'new':true,'theme':'dark','no':null}}");
        assertEquals("e1", event.id());
        assertEquals("7", event.user());
        assertEquals(EventType.CLICK, event.type());
        assertEquals(Optional.of("p1"), event.item());
        assertEquals(Instant.parse("2026-01-31T09:30:00Z").toEpochMilli(), event.timestamp());
        assertEquals(
                new Event.Origin(
                        Optional.of("s"),
                        Optional.of("q"),
                        Optional.of("lamp"),
                        3,
                        Optional.of("app")),
                event.query());
        assertEquals(new Event.Amount(2, 9.5, 4), event.amount());
        assertEquals(
                new Event.Note(
                        Optional.of("Good"),
                        Map.of("page", 2L, "dwell", 1.5, "new", true, "theme", "dark"),
                        NOW),
                event.note());
    }

    @Test
    void whatIsNotGivenIsUnknownAndTheTimeIsThatOfArrival() {
        Event event = parse(click("'query':null"));
        assertEquals(NOW, event.timestamp());
        assertEquals(Event.Origin.UNKNOWN, event.query());
        assertEquals(Event.Amount.ONE, event.amount());
        assertEquals(0, event.scores().length);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused("user_id", "is required", "{'type':'click','item_id':'p1'}");
        assertRefused("user_id", "is required", "{'user_id':null,'type':'search'}");
        assertRefused("user_id", "must not be empty", "{'user_id':'','type':'search'}");
        assertRefused("type", "is required", "{'user_id':'ann'}");
        assertRefused("item_id", "is required for a click", "{'user_id':'ann','type':'click'}");
        assertRefused("items", "is required", "{'user_id':'ann','type':'impression'}");
        assertRefused("event", "must be a JSON object", "['click']");
    }

    @Test
    void whatIsMistypedComesWithASuggestion() {
        assertRefused("type", "did you mean [purchase]?", "{'user_id':'ann','type':'purchased'}");
        assertRefused("type", "known are [impression,", "{'user_id':'ann','type':'teleported'}");
        assertRefused("pric", "did you mean [price]?", click("'pric':3"));
        assertRefused("colour_of_sky", "known are [event_id,", click("'colour_of_sky':3"));
    }

    @Test
    void itemsAreForListsAndItemIdForOne() {
        assertRefused("items", "takes [item_id]", click("'items':['p2']"));
        String shown = "{'user_id':'ann','type':'impression','items':['p1','p2']";
        assertRefused("item_id", "takes [items]", shown + ",'item_id':'p1'}");
        assertRefused("scores", "one score for each", shown + ",'scores':[1]}");
        assertRefused("scores", "one score for each", click("'scores':[1]"));
        assertRefused("scores", "32-bit", shown + ",'scores':[1,1e200]}");
        assertArrayEquals(new float[] {2, 1.5f}, parse(shown + ",'scores':[2,1.5]}").scores());
    }

    @Test
    void anImpressionShowsAtMostAThousandItems() {
        String head = "{'user_id':'ann','type':'impression','items':[1";
        assertEquals(1000, parse(head + ",1".repeat(999) + "]}").items().size());
        assertRefused("items", "at most 1000, was 1001", head + ",1".repeat(1000) + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price|-0.01|must not be negative",
                "price|1e400|must be finite",
                "price|\"9.5\"|must be a number",
                "value|true|must be a number",
                "quantity|0|must be from 1",
                "quantity|1.5|must be a whole number",
                "position|99999999999|must be from 1 to 2147483647",
                "session_id|[]|must be a string",
                "user_id|1.5|must be a string",
                "scores|1|must be an array",
                "items|[{}]|must be an array of strings",
                "text|\"\"|must not be empty",
                "channel|{}|must be a string",
                "context|[]|must be an object",
                "received_at|1769851800000|is not known",
            })
    void aWrongValueIsNamed(String field, String value, String reason) {
        assertRefused(field, reason, click("'" + field + "':" + value));
    }

    @Test
    void aContextIsFlatAndHoldsAtMostFiftyKeys() {
        assertRefused("context.a", "must be a string, a number", click("'context':{'a':{}}"));
        assertRefused("context.a", "must be a string, a number", click("'context':{'a':[1]}"));
        assertRefused("context.a", "must be finite", click("'context':{'a':1e400}"));
        assertRefused("context.a", "half of a surrogate", click("'context':{'a':'\\ud83d'}"));
        assertRefused("context", "half of a surrogate", click("'context':{'\\ud83d':1}"));
        StringBuilder keys = new StringBuilder("'k0':0");
        for (int i = 1; i < 50; i++) {
            keys.append(",'k").append(i).append("':").append(i);
        }
        assertEquals(50, parse(click("'context':{" + keys + "}")).note().context().size());
        assertRefused(
                "context", "at most 50 keys, was 51", click("'context':{" + keys + ",'k50':1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ip", "ip_address", "client_ip", "remote_addr", "clientIp", "IP-Address"})
    void anIpAddressIsNeverTaken(String name) {
        String reason = "is an IP address, which is never kept";
        assertRefused(name, reason, click("'" + name + "':'192.0.2.7'"));
        assertRefused("context." + name, reason, click("'context':{'" + name + "':'192.0.2.7'}"));
        parse(click("'context':{'tip':1,'zip':2,'recipe':3,'ships':4}"));
    }

    @ParameterizedTest
    @CsvSource({
        "1769851800000, 2026-01-31T09:30:00Z",
        "1769851800, 2026-01-31T09:30:00Z",
        "'\"1769851800123\"', 2026-01-31T09:30:00.123Z",
        "'\"1769851800\"', 2026-01-31T09:30:00Z",
        "'\"2026-01-31T09:30:00Z\"', 2026-01-31T09:30:00Z",
        "'\"2026-01-31T11:30:00.250+02:00\"', 2026-01-31T09:30:00.250Z",
        "'\"2026-01-31T10:10:00Z\"', 2026-01-31T10:10:00Z",
        "'\"1970-01-01T00:00:00Z\"', 1970-01-01T00:00:00Z",
        "0, 1970-01-01T00:00:00Z",
    })
    void aTimestampIsReadInEachForm(String sent, String expected) {
        Event event = parse(click("'timestamp':" + sent));
        assertEquals(Instant.parse(expected), Instant.ofEpochMilli(event.timestamp()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "'1969-12-31T23:59:59Z'",
                "'2026-01-31T10:10:00.001Z'",
                "999999999999999",
                "99999999999999999999",
                "1769851800.5",
                "'2026-01-31'",
                "'2026-01-31T09:30:00'",
                "'2026-02-30T09:30:00Z'",
                "'+999999999-01-01T00:00:00Z'",
                "'yesterday'",
                "''",
                "true",
                "{}",
            })
    void aTimestampInTheFutureBefore1970OrOfNoFormIsRefused(String sent) {
        assertRefused("timestamp", "must", click("'timestamp':" + sent));
    }

    @Test
    void idsAreMeasuredInBytesOfUtf8() {
        String most = "ü".repeat(256);
        assertEquals(most, parse(click("'event_id':'" + most + "'")).id());
        String head = "'user_id':'ann','type':";
        String more = most + "x";
        String reason = "at most 512 bytes, was 513";
        assertRefused("event_id", reason, click("'event_id':'" + more + "'"));
        assertRefused("user_id", reason, "{'type':'search','user_id':'" + more + "'}");
        assertRefused("item_id", reason, "{" + head + "'click','item_id':'" + more + "'}");
        assertRefused("items", reason, "{" + head + "'impression','items':['" + more + "']}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event_id",
                "user_id",
                "item_id",
                "session_id",
                "query_id",
                "query",
                "text",
                "channel"
            })
    void halfASurrogatePairIsRefused(String field) {
        assertRefused(field, "half of a surrogate pair", click("'" + field + "':'a\\ud83d'"));
        assertRefused(field, "half of a surrogate pair", click("'" + field + "':'\\ude00a'"));
        parse(click("'" + field + "':'\\ud83d\\ude00'"));
    }

    @Test
    void halfASurrogatePairAmongItemsIsRefused() {
        String text = "{'user_id':'ann','type':'impression','items':['p1','\\ud83d']}";
        assertRefused("items", "half of a surrogate pair", text);
    }

    @ParameterizedTest
    @MethodSource("dev.persona.profiling.event.EventType#standard()")
    void anEventOfEachTypeIsStoredAndReadBackTheSame(EventType type) {
        String about =
                type.requiresItem() ? "'item_id':'p1'" : "'items':['p2','p1'],'scores':[1.1,-3]";
        Event sent =
                parse(
                        ("{'event_id':'e','user_id':'ann','type':'" + type.id() + "'," + about)
                                + ",'timestamp':'1971-02-03T04:05:06.789Z','session_id':'s',"
                                + "'query_id':'q','query':'lamp','position':3,'quantity':2,"
                                + "'price':9.99,'value':0.1}");
        ItemFacts facts = new ItemFacts(Map.of("category", List.of("b", "a")), 12.5);
        assertSameStored(sent);
        assertSameStored(sent.withFacts(facts));
        assertSameStored(sent.withFacts(new ItemFacts(Map.of(), 12.5)));
    }

    @Test
    void aBareSearchIsStoredAndReadBackTheSame() {
        assertSameStored(parse("{'event_id':'e','user_id':'ann','type':'search'}"));
    }

    private static void assertSameStored(Event sent) {
        Event read = EventJson.readStored("e", json(EventJson.stored(sent).toString()));
        assertEquals(sent.id(), read.id());
        assertEquals(sent.user(), read.user());
        assertEquals(sent.type(), read.type());
        assertEquals(
                Instant.ofEpochMilli(sent.timestamp()), Instant.ofEpochMilli(read.timestamp()));
        assertEquals(sent.items(), read.items());
        assertArrayEquals(sent.scores(), read.scores());
        assertEquals(sent.query(), read.query());
        assertEquals(sent.amount(), read.amount());
        assertEquals(sent.facts(), read.facts());
    }

    @Test
    void aStoredTimeThatIsNoNumberOfMillisecondsIsRefused() {
        JsonNode other = json("{'user_id':'a','type':'search','timestamp':'2026-01-31T09:30:00Z'}");
        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> EventJson.readStored("e", other));
        assertEquals("timestamp", e.field());
    }
}
