package dev.persona.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes events and spoils most of them, each time the same way for the same seed. */
final class EventMutator {

    private static final List<String> ODD_VALUES =
            List.of(
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "0",
                    "-1",
                    "1e308",
                    "1e999",
                    "-1e999",
                    "9223372036854775807",
                    "9223372036854775808",
                    "1e-400",
                    "0.1",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "[[]]",
                    "[null]",
                    "{\"a\":{\"a\":1}}",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"2026-13-45T99:00:00Z\"",
                    "\"1e999\"",
                    "\"NaN\"",
                    "[1,\"p1\",null]",
                    "\"0x10\"",
                    "01",
                    "+1",
                    "'p1'",
                    "12345678901234567890123");
    private static final List<String> TYPES =
            List.of(
                    "impression",
                    "search",
                    "view",
                    "click",
                    "favorite",
                    "add_to_cart",
                    "remove_from_cart",
                    "purchase",
                    "rating",
                    "review",
                    "dismiss");
    private static final List<Charset> CHARSETS =
            List.of(
                    StandardCharsets.UTF_16,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.ISO_8859_1,
                    Charset.forName("UTF-32"));

    private final Random random;
    private final String prefix;
    private final boolean ubi;
    private int next;

    /**
     * @param prefix of all event ids, so that several do not meet
     * @param ubi whether events are in that format
     */
    EventMutator(long seed, String prefix, boolean ubi) {
        this.random = new Random(seed);
        this.prefix = prefix;
        this.ubi = ubi;
    }

    Random random() {
        return random;
    }

    /** The bytes of one event, or of what is left of it. */
    byte[] next() {
        String text = (ubi ? ubiEvent() : nativeEvent()).toString();
        return switch (random.nextInt(14)) {
            case 0, 1 -> utf8(text);
            case 2 -> flipped(utf8(text));
            case 3 -> utf8(text.substring(0, random.nextInt(text.length())));
            case 4, 5 -> utf8(withOddValue(text));
            case 6 -> utf8(added(text, "\"context\":" + nested(1 + random.nextInt(3000))));
            case 7 -> text.replace("shopper", "käufer").getBytes(oneOf(CHARSETS));
            case 8 -> utf8(added(text, text.substring(1, text.length() - 1)));
            case 9 -> utf8(text.replaceFirst("\":\"", "\":\"" + (char) random.nextInt(32)));
            case 10 ->
                    utf8(
                            added(
                                    text,
                                    "\"text\":\"" + "long ".repeat(random.nextInt(16_000)) + "\""));
            case 11 ->
                    utf8(oneOf(List.of("", " ", "{}", "[]", "null", "\"event\"", "7", "{", "]")));
            case 12 -> noise();
            default ->
                    utf8(
                            added(
                                    text,
                                    "\""
                                            + oneOf(List.of("ip", "itemid", "", "context"))
                                            + "\":"
                                            + oneOf(ODD_VALUES)));
        };
    }

    private ObjectNode nativeEvent() {
        ObjectNode event = ElasticsearchClient.JSON.createObjectNode();
        // Now and then an id comes again.
        if (random.nextInt(20) > 0) {
            event.put("event_id", prefix + (random.nextInt(15) == 0 ? next : ++next));
        }
        event.put("user_id", "shopper-" + random.nextInt(50));
        String type = oneOf(TYPES);
        event.put("type", type);
        if (type.equals("impression") || type.equals("search")) {
            event.putArray("items").add("p" + random.nextInt(240)).add("p1");
        } else {
            event.put("item_id", "p" + random.nextInt(240));
        }
        event.put("timestamp", System.currentTimeMillis() - random.nextInt(1_000_000_000));
        event.put("price", random.nextInt(10_000) / 100.0).put("quantity", 1 + random.nextInt(3));
        event.put("session_id", "s" + random.nextInt(99)).put("channel", "web");
        if (type.equals("rating")) {
            event.put("value", 1 + random.nextInt(5));
        }
        return event;
    }

    private ObjectNode ubiEvent() {
        ObjectNode event = ElasticsearchClient.JSON.createObjectNode();
        event.put("event_id", prefix + ++next);
        event.put("client_id", "shopper-" + random.nextInt(50));
        event.put("action_name", oneOf(List.of("click_through", "purchase", "watch", "hover")));
        event.put("query_id", "q" + random.nextInt(99)).put("application", "web");
        event.put("timestamp", System.currentTimeMillis() - random.nextInt(1_000_000_000));
        ObjectNode attributes = event.putObject("event_attributes");
        attributes.putObject("object").put("object_id", "p" + random.nextInt(240));
        attributes.putObject("position").put("ordinal", 1 + random.nextInt(20));
        return event;
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] flipped(byte[] bytes) {
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** Puts an odd value in the place of one of the values. */
    private String withOddValue(String text) {
        String[] parts = text.split("(?<=\":)", -1);
        int place = 1 + random.nextInt(parts.length - 1);
        parts[place] = parts[place].replaceFirst("^(\"[^\"]*\"|[^,{}\\[\\]]+)", "");
        parts[place - 1] += oneOf(ODD_VALUES).replace("$", "");
        return String.join("", parts);
    }

    private static String added(String text, String field) {
        return text.substring(0, text.length() - 1) + "," + field + "}";
    }

    private String nested(int depth) {
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        return open.repeat(depth) + "1" + close.repeat(random.nextInt(10) == 0 ? 0 : depth);
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? bytes : Arrays.copyOf(utf8("{\"user_id\":\""), 400);
    }
}
