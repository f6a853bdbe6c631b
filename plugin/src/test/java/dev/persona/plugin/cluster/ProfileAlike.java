package dev.persona.plugin.cluster;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileJson;

import java.util.Map;
import java.util.TreeMap;

/** Says that two profiles hold the same events, whatever the order they were taken in. */
final class ProfileAlike {
    /** Sums of doubles depend on their order in the last places. */
    private static final double ROUNDING = 1e-9;

    private ProfileAlike() {}

    static void check(String user, Profile expected, Profile actual) {
        assertEquals(user, flat(expected).keySet(), flat(actual).keySet());
        flat(expected).forEach((name, value) -> alike(user + name, value, flat(actual).get(name)));
    }

    private static void alike(String what, JsonNode expected, JsonNode actual) {
        if (expected.isNumber()) {
            double number = expected.asDouble();
            assertEquals(what, number, actual.asDouble(), ROUNDING * Math.max(1, Math.abs(number)));
        } else {
            assertEquals(what, expected, actual);
        }
    }

    /** The stored form with the path to each value. */
    private static Map<String, JsonNode> flat(Profile profile) {
        Map<String, JsonNode> values = new TreeMap<>();
        flatten("", ProfileJson.stored(profile), values);
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
