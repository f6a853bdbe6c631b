package dev.persona.profiling.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeMap;

/** Says that two shown or stored profiles are the same but for the rounding of doubles. */
final class Alike {
    private static final double RELATIVE = 1e-9;

    private Alike() {}

    /** The shown form against one whose numbers are not rounded. */
    static void assertShown(JsonNode unrounded, JsonNode shown) {
        // Rounding moves a number by half of the last place; a spread has lost half its digits.
        compare(unrounded, shown, 0.5e-4, 1e-7);
    }

    /** Two stored forms. */
    static void assertStored(JsonNode expected, JsonNode actual) {
        compare(expected, actual, 0, 0);
    }

    private static void compare(
            JsonNode expected, JsonNode actual, double absolute, double spread) {
        Map<String, JsonNode> left = flat(expected);
        Map<String, JsonNode> right = flat(actual);
        assertEquals(left.keySet(), right.keySet());
        left.forEach(
                (path, value) -> {
                    if (value.isFloatingPointNumber()) {
                        double number = value.asDouble();
                        double relative = path.endsWith("/spread") ? spread : RELATIVE;
                        assertEquals(
                                number,
                                right.get(path).asDouble(),
                                absolute + relative * Math.abs(number),
                                path);
                    } else {
                        assertEquals(value.asText(), right.get(path).asText(), path);
                    }
                });
    }

    private static Map<String, JsonNode> flat(JsonNode json) {
        Map<String, JsonNode> values = new TreeMap<>();
        flatten("", json, values);
        return values;
    }

    private static void flatten(String path, JsonNode json, Map<String, JsonNode> into) {
        if (json.isObject()) {
            json.properties().forEach(e -> flatten(path + "/" + e.getKey(), e.getValue(), into));
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                flatten(path + "/" + i, json.get(i), into);
            }
        } else {
            into.put(path, json);
        }
    }
}
