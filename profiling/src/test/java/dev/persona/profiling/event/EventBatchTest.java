package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class EventBatchTest {
    private static final long NOW = 1_769_851_800_000L;

    private static List<EventBatch.Received> read(String body) {
        return EventBatch.read(
                body.getBytes(UTF_8), EventFormat.NATIVE, false, EventRules.DEFAULT, NOW);
    }

    private static String search(String id) {
        return "{\"event_id\":\"" + id + "\",\"user_id\":\"ann\",\"type\":\"search\"}";
    }

    /** The ids, those of refused events with the field at fault. */
    private static List<String> ids(List<EventBatch.Received> batch) {
        return batch.stream()
                .map(
                        received ->
                                switch (received) {
                                    case EventBatch.Accepted taken -> taken.event().id();
                                    case EventBatch.Refused refused ->
                                            refused.id().orElse("?") + " " + refused.field();
                                })
                .toList();
    }

    @Test
    void oneEventIsABatchOfOneHoweverItIsSpaced() throws JsonProcessingException {
        assertEquals(List.of("a"), ids(read(search("a"))));
        String pretty = new ObjectMapper().readTree(search("a")).toPrettyString();
        assertTrue(pretty.lines().count() > 3);
        assertEquals(List.of("a"), ids(read("\n  " + pretty + "\n\n")));
    }

    @Test
    void anArrayIsReadInOrder() {
        assertEquals(List.of("b", "a"), ids(read("[" + search("b") + ",\n" + search("a") + "]")));
        assertEquals(List.of(), ids(read("[]")));
    }

    @Test
    void linesAreReadInOrderSaidToBeSoOrNot() {
        String body = search("b") + "\r\n\n  \n" + search("a") + "\n" + search("c");
        assertEquals(List.of("b", "a", "c"), ids(read(body)));
        assertEquals(
                List.of("b", "a", "c"),
                ids(
                        EventBatch.read(
                                body.getBytes(UTF_8),
                                EventFormat.NATIVE,
                                true,
                                EventRules.DEFAULT,
                                NOW)));
    }

    @Test
    void aBadEventCostsNothingButItself() {
        String bad = search("x").replace("ann", "");
        String typo = search("y").replace("type", "tipe");
        assertEquals(
                List.of("x user_id", "a", "? event", "y type", "b"),
                ids(read("[" + String.join(",", bad, search("a"), "3", typo, search("b")) + "]")));
        assertEquals(
                List.of("a", "? event", "x user_id", "b", "? event"),
                ids(read(String.join("\n", search("a"), "{oops", bad, search("b"), "{"))));
    }

    @Test
    void twoEventsOnOneLineAreRefusedAsThatLine() {
        String body = search("a") + search("b") + "\n" + search("c");
        assertEquals(List.of("? event", "c"), ids(read(body)));
    }

    @Test
    void aLineOfBrokenUtf8IsRefusedAndTheOthersAreTaken() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((search("a") + "\n{\"user_id\":\"").getBytes(UTF_8));
        body.write(0xC3);
        body.writeBytes(("\",\"type\":\"search\"}\n" + search("b")).getBytes(UTF_8));
        assertEquals(
                List.of("a", "? event", "b"),
                ids(
                        EventBatch.read(
                                body.toByteArray(),
                                EventFormat.NATIVE,
                                true,
                                EventRules.DEFAULT,
                                NOW)));
    }

    @Test
    void aRefusalRepeatsTheIdAndSaysWhatWouldBeRight() {
        EventBatch.Refused refused =
                assertInstanceOf(
                        EventBatch.Refused.class,
                        read(search("a").replace("\"search\"", "\"serch\"")).get(0));
        assertEquals(Optional.of("a"), refused.id());
        assertEquals("type", refused.field());
        assertEquals("is no event type: [serch], did you mean [search]?", refused.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n ", "3", "null", "\"text\"", "oops", "{", "[{}", "[] []"})
    void aBodyThatIsNoBatchIsRefusedAsAWhole(String body) {
        InvalidFieldException e = assertThrows(InvalidFieldException.class, () -> read(body));
        assertEquals("body", e.field());
    }

    @Test
    void oneEventWithASlipIsABadBodyAndNoLines() {
        InvalidFieldException e =
                assertThrows(
                        InvalidFieldException.class,
                        () -> read("{\n  \"user_id\": \"ann\",\n  \"type\": search\n}"));
        assertEquals("body", e.field());
        assertTrue(e.reason().startsWith("is not valid JSON: "), e.reason());
    }

    @Test
    void noLinesAreNoEvents() {
        assertEquals(
                List.of(),
                EventBatch.read(new byte[0], EventFormat.NATIVE, true, EventRules.DEFAULT, NOW));
        assertEquals(
                List.of(),
                EventBatch.read(
                        "\n \n".getBytes(UTF_8),
                        EventFormat.NATIVE,
                        true,
                        EventRules.DEFAULT,
                        NOW));
    }

    @Test
    void nestingBeyondAllMeasureIsRefused() {
        assertThrows(InvalidFieldException.class, () -> read("[".repeat(100_000)));
        assertThrows(InvalidFieldException.class, () -> read("{\"a\":".repeat(100_000)));
    }

    private static EventRules limits(int events, int bytes) {
        return new EventRules(Map.of(), events, bytes, 512, 600_000, Map.of(), EventRules.FOREVER);
    }

    private static List<EventBatch.Received> read(String body, boolean lines, EventRules rules) {
        return EventBatch.read(body.getBytes(UTF_8), EventFormat.NATIVE, lines, rules, NOW);
    }

    @Test
    void aCallWithMoreEventsThanItMayHoldIsRefusedAsAWhole() {
        String three = String.join(",", search("a"), search("b"), search("c"));
        String lines = three.replace("},{", "}\n\n{");
        String reason = "must hold at most 2 events, was 3";
        for (Executable call :
                List.<Executable>of(
                        () -> read("[" + three + "]", false, limits(2, 1000)),
                        () -> read(lines, false, limits(2, 1000)),
                        () -> read(lines, true, limits(2, 1000)))) {
            InvalidFieldException e = assertThrows(InvalidFieldException.class, call);
            assertEquals("body", e.field());
            assertEquals(reason, e.reason());
        }
        assertEquals(3, read("[" + three + "]", false, limits(3, 1000)).size());
        assertEquals(3, read(lines, true, limits(3, 1000)).size());
    }

    @Test
    void anEventIsMeasuredByItsOwnBytes() {
        String tall = search("ü");
        int bytes = tall.getBytes(UTF_8).length;
        EventRules most = limits(10, bytes);
        String longer = tall.replace("ü", "üx");
        List<String> bodies =
                List.of(
                        "[ " + tall + " ,\n\n" + longer + " ]",
                        tall + "\r\n" + longer + "\r\n",
                        tall + "\n\n" + longer);
        for (String body : bodies) {
            List<EventBatch.Received> batch = read(body, false, most);
            assertEquals(List.of("ü", "üx event"), ids(batch), body);
            EventBatch.Refused refused = assertInstanceOf(EventBatch.Refused.class, batch.get(1));
            assertEquals(
                    "must be at most " + bytes + " bytes, was " + (bytes + 1), refused.reason());
        }
        assertEquals(List.of("ü"), ids(read("\n  " + tall + "  \n", false, most)));
        assertEquals(List.of("üx event"), ids(read(longer, false, most)));
    }

    @Test
    void aBodyInUtf16IsMeasuredByItsUtf8() {
        byte[] body = ("[" + search("a") + "]").getBytes(UTF_16LE);
        int bytes = search("a").length();
        assertEquals(
                List.of("a"),
                ids(EventBatch.read(body, EventFormat.NATIVE, false, limits(1, bytes), NOW)));
        assertEquals(
                List.of("a event"),
                ids(EventBatch.read(body, EventFormat.NATIVE, false, limits(1, bytes - 1), NOW)));
    }

    @Test
    void ubiEventsComeInEveryShapeOfABody() {
        String click =
                "{\"event_id\":\"a\",\"client_id\":\"c\",\"action_name\":\"click\","
                        + "\"timestamp\":1769851800000,"
                        + "\"event_attributes\":{\"object\":{\"object_id\":\"p\"}}}";
        String bad = click.replace("object_id", "object_ident");
        List<String> expected = List.of("a", "a event_attributes.object.object_id");
        for (String body : List.of("[" + click + "," + bad + "]", click + "\n" + bad)) {
            assertEquals(
                    expected,
                    ids(
                            EventBatch.read(
                                    body.getBytes(UTF_8),
                                    EventFormat.UBI,
                                    false,
                                    EventRules.DEFAULT,
                                    NOW)));
        }
    }
}
