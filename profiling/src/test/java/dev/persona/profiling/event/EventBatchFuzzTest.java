package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Bodies that somebody spoiled: each event is taken or refused by name, and none gets lost. */
class EventBatchFuzzTest {
    private static final long NOW = 1_769_851_800_000L;
    private static final byte[] TOKENS = "{}[]\",:\\eE-+.0123456789ntu\n \0".getBytes(UTF_8);

    private static final List<String> EVENTS =
            List.of(
                    "{\"event_id\":\"e\",\"user_id\":\"änn\",\"type\":\"impression\","
                            + "\"items\":[\"p1\",\"p2\"],\"scores\":[1.5,2e3],\"position\":3,"
                            + "\"timestamp\":\"2026-01-31T09:00:00Z\",\"price\":9.5,\"value\":-1}",
                    "{\"user_id\":\"\\ud83d\\ude00\",\"type\":\"wishlist\",\"text\":\"so\","
                            + "\"channel\":\"app\",\"context\":{\"a\":1,\"b\":true,\"c\":\"d\"}}",
                    "{\"client_id\":\"c\",\"action_name\":\"click\",\"query_id\":\"q\","
                            + "\"timestamp\":1769851800000,\"message\":null,"
                            + "\"event_attributes\":{\"object\":{\"object_id\":\"p\"},"
                            + "\"position\":{\"ordinal\":3},\"page\":2}}");

    private static final EventRules RULES =
            new EventRules(
                    Map.of("wishlist", EventType.named("wishlist")),
                    6,
                    230,
                    16,
                    600_000,
                    Map.of(EventType.CLICK, 86_400_000L),
                    EventRules.FOREVER);

    private final Random random = new Random(42);
    private int taken;
    private int refused;
    private int whole;

    private byte[] spoil(byte[] body, int times) {
        byte[] spoiled = body.clone();
        for (int n = times; n > 0; n--) {
            spoiled[random.nextInt(spoiled.length)] =
                    random.nextBoolean()
                            ? TOKENS[random.nextInt(TOKENS.length)]
                            : (byte) random.nextInt(256);
        }
        return spoiled;
    }

    private String event() {
        return EVENTS.get(random.nextInt(EVENTS.size()));
    }

    private EventFormat format() {
        return EventFormat.values()[random.nextInt(2)];
    }

    /** Counts what became of the events, and puts what was taken through the store. */
    private void count(List<EventBatch.Received> batch) {
        for (EventBatch.Received received : batch) {
            switch (received) {
                case EventBatch.Accepted accepted -> {
                    Event event = accepted.event();
                    assertFalse(event.id().isEmpty());
                    assertTrue(event.user().getBytes(UTF_8).length <= 16);
                    assertEquals(
                            event.user(),
                            EventJson.readStored(event.id(), EventJson.stored(event)).user());
                    taken++;
                }
                case EventBatch.Refused no -> {
                    assertFalse(no.field().isEmpty());
                    assertFalse(no.reason().isEmpty());
                    refused++;
                }
            }
        }
    }

    @Test
    void whateverIsSentIsTakenOrRefusedByName() {
        for (int i = 0; i < 6000; i++) {
            String body = event() + "\n" + event();
            byte[] bytes =
                    switch (random.nextInt(4)) {
                        case 0 -> ("[" + body.replace('\n', ',') + "]").getBytes(UTF_8);
                        case 1 -> event().getBytes(UTF_16LE);
                        default -> body.getBytes(UTF_8);
                    };
            try {
                byte[] spoiled = spoil(bytes, random.nextInt(6));
                count(EventBatch.read(spoiled, format(), random.nextInt(3) == 0, RULES, NOW));
            } catch (InvalidFieldException e) {
                whole++;
                assertFalse(e.field().isEmpty());
            }
        }
        assertTrue(
                taken > 500 && refused > 500 && whole > 500,
                taken + " taken, " + refused + " refused, " + whole + " bodies refused");
    }

    @Test
    void everyLineIsAnswered() {
        for (int i = 0; i < 3000; i++) {
            StringBuilder body = new StringBuilder();
            int lines = 0;
            for (int n = random.nextInt(6) + 1; n > 0; n--) {
                String line = new String(spoil(event().getBytes(UTF_8), random.nextInt(3)), UTF_8);
                // Two lines, or none, are another number of events.
                body.append(line.replace('\n', ' ')).append('\n');
                lines++;
            }
            List<EventBatch.Received> batch =
                    EventBatch.read(body.toString().getBytes(UTF_8), format(), true, RULES, NOW);
            assertEquals(lines, batch.size(), body::toString);
            count(batch);
        }
        assertTrue(taken > 300 && refused > 300, taken + " taken, " + refused + " refused");
    }

    @Test
    void everyElementOfAnArrayIsAnswered() {
        List<String> elements = List.of("3", "null", "[]", "{}", "\"a\"", "[[1]]", "true");
        for (int i = 0; i < 1000; i++) {
            StringBuilder body = new StringBuilder();
            int count = random.nextInt(7) + 1;
            for (int n = 0; n < count; n++) {
                body.append(n == 0 ? "" : " , ");
                body.append(
                        random.nextBoolean()
                                ? event()
                                : elements.get(random.nextInt(elements.size())));
            }
            byte[] bytes = ("[" + body + "]").getBytes(UTF_8);
            try {
                List<EventBatch.Received> batch =
                        EventBatch.read(bytes, format(), false, RULES, NOW);
                assertEquals(count, batch.size());
                count(batch);
            } catch (InvalidFieldException e) {
                assertEquals(7, count);
                assertEquals("must hold at most 6 events, was 7", e.reason());
            }
        }
        assertTrue(taken > 300 && refused > 300, taken + " taken, " + refused + " refused");
    }
}
