package dev.persona.profiling.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Whatever is taken comes back from the store the same. */
class StoredEventTest {
    private static final long NOW = 1_769_851_800_000L;
    private static final EventType WISHLIST = EventType.named("wishlist");
    private static final EventRules RULES =
            new EventRules(
                    Map.of("wishlist", WISHLIST),
                    10,
                    65_536,
                    512,
                    600_000,
                    Map.of(),
                    EventRules.FOREVER);

    private final Random random = new Random(7);

    private static Event throughTheStore(Event event) {
        try {
            String stored = EventJson.stored(event).toString();
            return EventJson.readStored(event.id(), new ObjectMapper().readTree(stored));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSame(Event expected, Event actual) {
        assertArrayEquals(expected.scores(), actual.scores());
        // All but the array, which records compare by identity.
        assertEquals(withoutScores(expected), withoutScores(actual));
    }

    private static Event withoutScores(Event e) {
        return new Event(
                e.id(),
                e.user(),
                e.type(),
                e.timestamp(),
                e.items(),
                NONE,
                e.query(),
                e.amount(),
                e.facts(),
                e.note());
    }

    private static final float[] NONE = new float[0];

    private String text() {
        List<String> some =
                List.of("a", "ü", "\ud83d\ude00", "\"", "\\", "\n", "\0", " ", ".", "0");
        StringBuilder text = new StringBuilder("x");
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append(some.get(random.nextInt(some.size())));
        }
        return text.toString();
    }

    private void perhaps(ObjectNode json, String... texts) {
        for (String name : texts) {
            if (random.nextBoolean()) {
                json.put(name, text());
            }
        }
    }

    private ObjectNode randomEvent() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<EventType> types = new ArrayList<>(EventType.standard());
        types.add(WISHLIST);
        EventType type = types.get(random.nextInt(types.size()));
        json.put("user_id", text()).put("type", type.id());
        if (type.isAboutList()) {
            var items = json.putArray("items");
            for (int n = random.nextInt(4) + 1; n > 0; n--) {
                items.add(text());
            }
            if (random.nextBoolean()) {
                var scores = json.putArray("scores");
                items.forEach(item -> scores.add(random.nextFloat() * 100 - 50));
            }
        } else if (type.requiresItem() || random.nextBoolean()) {
            json.put("item_id", text());
        }
        perhaps(json, "event_id", "session_id", "query_id", "query", "channel", "text");
        if (random.nextBoolean()) {
            json.put("timestamp", random.nextLong(100_000_000_000L, NOW));
        }
        if (random.nextBoolean()) {
            json.put("position", random.nextInt(Integer.MAX_VALUE) + 1);
            json.put("quantity", random.nextInt(100) + 1);
        }
        if (random.nextBoolean()) {
            json.put("price", Math.abs(number())).put("value", number());
        }
        if (random.nextBoolean()) {
            ObjectNode context = json.putObject("context");
            for (int n = random.nextInt(10); n > 0; n--) {
                switch (random.nextInt(5)) {
                    case 0 -> context.put(text(), text());
                    case 1 -> context.put(text(), random.nextBoolean());
                    case 2 -> context.put(text(), random.nextLong());
                    case 3 -> context.putNull(text());
                    default -> context.put(text(), number());
                }
            }
        }
        return json;
    }

    private double number() {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : 0.1;
    }

    @Test
    void whatWasSentIsReadBackTheSame() {
        Set<EventType> types = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            Event event = EventJson.parse(randomEvent(), RULES, NOW);
            assertEquals(NOW, event.note().receivedAt());
            assertSame(event, throughTheStore(event));
            ItemFacts facts = new ItemFacts(Map.of(text(), List.of(text(), text())), number());
            assertSame(event.withFacts(facts), throughTheStore(event.withFacts(facts)));
            types.add(event.type());
        }
        assertEquals(12, types.size());
    }

    @Test
    void whatArrivesLaterHasTheSameId() {
        for (int i = 0; i < 500; i++) {
            ObjectNode json = randomEvent();
            json.remove("event_id");
            json.put("timestamp", NOW - 1000);
            Event first = EventJson.parse(json, RULES, NOW);
            Event again = EventJson.parse(json, RULES, NOW + 1 + i);
            assertEquals(first.id(), again.id());
            assertTrue(first.note().receivedAt() < again.note().receivedAt());
        }
    }

    @Test
    void aTypeThatIsDeclaredNoMoreIsStillRead() {
        Event event =
                EventJson.parse(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("user_id", "ann")
                                .put("type", "wishlist"),
                        RULES,
                        NOW);
        assertEquals(WISHLIST, throughTheStore(event).type());
    }
}
