package dev.persona.plugin.consent;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.Map;
import java.util.TreeMap;

/** The attributes that a shop may state of a user: free keys, each with a value of a plain type. */
final class StatedAttributes {
    private static final int MOST_KEYS = 100;
    private static final int MOST_CHARACTERS = 1024;
    private static final int MOST_VALUES = 100;

    private StatedAttributes() {}

    /**
     * Checks that each value is a text, a number, a boolean, or a list of texts.
     *
     * @throws InvalidFieldException naming the key at fault
     */
    static JsonNode check(JsonNode attributes) {
        if (!attributes.isObject()) {
            throw new InvalidFieldException(
                    "attributes", "must be an object, was " + JsonFields.show(attributes));
        }
        if (attributes.size() > MOST_KEYS) {
            throw new InvalidFieldException(
                    "attributes", "must be at most " + MOST_KEYS + ", was " + attributes.size());
        }
        attributes.properties().forEach(field -> check(field.getKey(), field.getValue()));
        return attributes;
    }

    private static void check(String key, JsonNode value) {
        String field = "attributes." + JsonFields.shorten(key);
        if (key.isBlank() || key.length() > MOST_CHARACTERS) {
            throw new InvalidFieldException(
                    field, "must have a name of 1 to " + MOST_CHARACTERS + " characters");
        }
        if (value.isArray()) {
            if (value.size() > MOST_VALUES) {
                throw new InvalidFieldException(
                        field, "must hold at most " + MOST_VALUES + ", was " + value.size());
            }
            value.forEach(element -> checkText(field, element));
        } else if (value.isTextual()) {
            checkText(field, value);
        } else if (value.isNumber() ? !Double.isFinite(value.doubleValue()) : !value.isBoolean()) {
            throw new InvalidFieldException(
                    field,
                    "must be a text, a number, a boolean or an array of texts, was "
                            + JsonFields.show(value));
        }
    }

    private static void checkText(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidFieldException(
                    field, "must be an array of texts, holds " + JsonFields.show(value));
        }
        if (value.textValue().length() > MOST_CHARACTERS) {
            throw new InvalidFieldException(
                    field,
                    "must be at most "
                            + MOST_CHARACTERS
                            + " characters, was "
                            + value.textValue().length());
        }
    }

    /** The values by key. */
    static Map<String, JsonNode> values(JsonNode attributes) {
        Map<String, JsonNode> values = new TreeMap<>();
        attributes.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
        return values;
    }
}
