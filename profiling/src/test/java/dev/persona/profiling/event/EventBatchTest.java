package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;

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

    @Test
    void whateverIsSentIsTakenOrRefusedByName() {
        String valid =
                "{\"event_id\":\"e\",\"user_id\":\"änn\",\"type\":\"impression\","
                        + "\"items\":[\"p1\",\"p2\"],\"scores\":[1.5,2e3],\"position\":3,"
                        + "\"timestamp\":\"2026-01-31T09:00:00Z\",\"price\":9.5,\"value\":-1}\n"
                        + search("\\ud83d\\ude00")
                        + "\n";
        List<byte[]> seeds =
                List.of(
                        valid.getBytes(UTF_8),
                        ("[" + valid.strip().replace("\n", ",") + "]").getBytes(UTF_8),
                        search("a").getBytes(UTF_16LE));
        byte[] tokens = "{}[]\",:\\eE-+.0123456789ntu\n \0".getBytes(UTF_8);
        Random random = new Random(42);
        int refused = 0;
        int taken = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] body = seeds.get(i % seeds.size()).clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                int at = random.nextInt(body.length);
                body[at] =
                        random.nextBoolean()
                                ? tokens[random.nextInt(tokens.length)]
                                : (byte) random.nextInt(256);
            }
            try {
                for (EventBatch.Received received :
                        EventBatch.read(
                                body,
                                EventFormat.NATIVE,
                                random.nextInt(3) == 0,
                                EventRules.DEFAULT,
                                NOW)) {
                    if (received instanceof EventBatch.Accepted accepted) {
                        taken++;
                        Event event = accepted.event();
                        assertFalse(event.id().isEmpty());
                        EventJson.readStored(event.id(), EventJson.stored(event));
                    }
                }
            } catch (InvalidFieldException e) {
                refused++;
                assertFalse(e.field().isEmpty());
            }
        }
        assertTrue(taken > 300 && refused > 300, taken + " taken, " + refused + " refused");
    }
}
