package dev.persona.plugin.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the shop has said of a user, as opposed to what is learned from events.
 *
 * @param attributes free keys, such as age or country, each with a text, a number, a boolean, or a
 *     list of texts
 * @param tracking whether the user agrees to being tracked; nothing is learned of one who does not,
 *     and nothing personalized
 */
public record Stated(Map<String, JsonNode> attributes, boolean tracking) {
    /** Nothing was said; tracking is what nobody has objected to. */
    public static final Stated NOTHING = new Stated(Map.of(), true);

    /** Copies the attributes. */
    public Stated {
        attributes = Map.copyOf(attributes);
    }

    /** The same person under two ids: what is said here holds, what is not is taken from there. */
    Stated and(Stated other) {
        Map<String, JsonNode> both = new TreeMap<>(other.attributes);
        both.putAll(attributes);
        return new Stated(both, tracking && other.tracking);
    }

    static Stated read(JsonNode document) {
        Map<String, JsonNode> attributes = new TreeMap<>();
        document.path("attributes")
                .properties()
                .forEach(field -> attributes.put(field.getKey(), field.getValue()));
        return new Stated(attributes, document.path("tracking").asBoolean(true));
    }

    /** Adds it to a document. */
    void write(JsonGenerator json) throws IOException {
        if (!attributes.isEmpty()) {
            json.writeFieldName("attributes");
            json.writeTree(attributesJson());
        }
        if (!tracking) {
            json.writeBooleanField("tracking", false);
        }
    }

    /** The attributes as tag rules see them: texts, numbers, booleans, and lists of texts. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static Object value(JsonNode json) {
        if (json.isNumber()) {
            return json.doubleValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isArray()) {
            List<String> texts = new ArrayList<>();
            json.forEach(text -> texts.add(text.asText()));
            return texts;
        }
        return json.asText();
    }

    /** The attributes by name. */
    public ObjectNode attributesJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(attributes).forEach(json::set);
        return json;
    }
}
