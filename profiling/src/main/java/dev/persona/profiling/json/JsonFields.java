package dev.persona.profiling.json;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads one JSON object field by field and refuses what nobody asked for.
 *
 * <p>The names that were asked for are the known ones; {@link #refuseUnknown()} names any other
 * field together with the nearest known name. A field that is JSON null counts as absent.
 */
public final class JsonFields {
    /** How many characters of a value a message repeats. */
    private static final int MOST_SHOWN = 60;

    private final JsonNode object;
    private final String path;
    private final Set<String> known = new LinkedHashSet<>();

    private JsonFields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * Starts reading an object.
     *
     * @param what what the object is, for the message when it is none, such as {@code event}
     * @throws InvalidFieldException when it is not an object
     */
    public static JsonFields of(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new InvalidFieldException(what, "must be a JSON object, was " + show(node));
        }
        return new JsonFields(node, "");
    }

    /** A text that must be there and not be empty. */
    public String requiredString(String name) {
        return string(name).orElseThrow(() -> missing(name));
    }

    /** A text that is not empty; numbers are taken as their text, as ids often are numbers. */
    public Optional<String> string(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw wrongType(name, "a string", node);
        }
        String text = node.asText();
        if (text.isEmpty()) {
            throw new InvalidFieldException(path + name, "must not be empty");
        }
        return Optional.of(wellFormed(name, text));
    }

    /** A finite number. */
    public OptionalDouble number(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(finite(name, node));
    }

    /** A whole number within bounds. */
    public OptionalInt integer(String name, int least, int most) {
        JsonNode node = get(name);
        if (node == null) {
            return OptionalInt.empty();
        }
        if (!node.isIntegralNumber()) {
            throw wrongType(name, "a whole number", node);
        }
        if (!node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw new InvalidFieldException(
                    path + name, "must be from " + least + " to " + most + ", was " + show(node));
        }
        return OptionalInt.of(node.intValue());
    }

    /** True or false. */
    public Optional<Boolean> flag(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            throw wrongType(name, "true or false", node);
        }
        return Optional.of(node.booleanValue());
    }

    /** A list of texts, none of them empty; an empty list when the field is absent. */
    public List<String> strings(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (JsonNode element : array(name, node)) {
            if (!element.isTextual() && !element.isIntegralNumber()) {
                throw wrongType(name, "an array of strings", element);
            }
            if (element.asText().isEmpty()) {
                throw new InvalidFieldException(path + name, "must not hold an empty string");
            }
            values.add(wellFormed(name, element.asText()));
        }
        return Collections.unmodifiableList(values);
    }

    /** A list of finite numbers; an empty array when the field is absent. */
    public float[] floats(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return new float[0];
        }
        JsonNode array = array(name, node);
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) finite(name, array.get(i));
            if (!Float.isFinite(values[i])) {
                throw new InvalidFieldException(
                        path + name, "must fit a 32-bit float, was " + show(array.get(i)));
            }
        }
        return values;
    }

    /** An object of numbers, in the order written; an empty map when the field is absent. */
    public Map<String, Double> numbers(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object of numbers", node);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        node.properties()
                .forEach(
                        e -> values.put(e.getKey(), finite(name + "." + e.getKey(), e.getValue())));
        return Collections.unmodifiableMap(values);
    }

    /**
     * An object of texts, finite numbers and booleans, in the order written: String, Long, Double
     * or Boolean by key. A key whose value is JSON null counts as absent; an empty map when the
     * field is.
     */
    public Map<String, Object> scalars(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object", node);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String full = name + "." + wellFormed(name, field.getKey());
            if (!field.getValue().isNull()) {
                values.put(field.getKey(), scalar(full, field.getValue()));
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private Object scalar(String name, JsonNode node) {
        if (node.isTextual()) {
            return wellFormed(name, node.asText());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (!node.isNumber()) {
            throw wrongType(name, "a string, a number or a boolean", node);
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return finite(name, node);
    }

    /** A nested object; reading it gives full names in messages. */
    public Optional<JsonFields> object(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object", node);
        }
        return Optional.of(new JsonFields(node, path + name + "."));
    }

    /** Any JSON. */
    public Optional<JsonNode> any(String name) {
        return Optional.ofNullable(get(name));
    }

    /**
     * To be called when all fields have been asked for.
     *
     * @throws InvalidFieldException when the object holds a field that was not asked for
     */
    public void refuseUnknown() {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw new InvalidFieldException(
                        path + field.getKey(),
                        "is not known"
                                + NearestName.of(field.getKey(), known)
                                        .map(near -> ", did you mean [" + path + near + "]?")
                                        .orElse(", known are " + known));
            }
        }
    }

    /** The exception that says a field is missing. */
    public InvalidFieldException missing(String name) {
        return new InvalidFieldException(path + name, "is required");
    }

    private JsonNode get(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private JsonNode array(String name, JsonNode node) {
        if (!node.isArray()) {
            throw wrongType(name, "an array", node);
        }
        return node;
    }

    /** Half a surrogate pair has no UTF-8: stored, it would come back as another text. */
    private String wellFormed(String name, String text) {
        if (hasHalfSurrogatePair(text)) {
            throw new InvalidFieldException(
                    path + name, "must be Unicode, but holds half of a surrogate pair");
        }
        return text;
    }

    private static boolean hasHalfSurrogatePair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private double finite(String name, JsonNode node) {
        if (!node.isNumber()) {
            throw wrongType(name, "a number", node);
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw new InvalidFieldException(path + name, "must be finite, was " + show(node));
        }
        return value;
    }

    private InvalidFieldException wrongType(String name, String expected, JsonNode actual) {
        return new InvalidFieldException(
                path + name, "must be " + expected + ", was " + show(actual));
    }

    /** A value as it stands in a message: its JSON, of a long one the beginning. */
    public static String show(JsonNode node) {
        return shorten(node.toString());
    }

    /** A text as it stands in a message: whole, or of a long one the beginning. */
    public static String shorten(String text) {
        if (text.length() <= MOST_SHOWN) {
            return text;
        }
        // Half a surrogate pair could not be written as UTF-8.
        int end = MOST_SHOWN - (Character.isHighSurrogate(text.charAt(MOST_SHOWN - 1)) ? 1 : 0);
        return text.substring(0, end) + "...";
    }
}
