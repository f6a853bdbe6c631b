package dev.persona.profiling.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which tags there are and when a user has them. Safe for use by several threads. */
public final class TagRules {
    /** How many tags a catalog can have. */
    public static final int MOST_TAGS = 100;

    /** How many days ahead a change of tags is looked for. */
    public static final int DAYS_AHEAD = 32;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final Map<String, Condition> conditions;
    private final ObjectNode json;

    private TagRules(Map<String, Condition> conditions, ObjectNode json) {
        this.conditions = conditions;
        this.json = json;
    }

    /** Reads rules of a catalog that has declared no event types of its own. */
    public static TagRules parse(JsonNode json) {
        return parse(json, Set.of());
    }

    /**
     * Reads rules: an object of tag to {@code {"description": "...", "when": condition}}.
     *
     * @param custom names of the event types that the catalog has declared
     * @throws InvalidFieldException naming what is wrong, such as {@code
     *     tags.new_user.when.all[0].field}
     */
    public static TagRules parse(JsonNode json, Set<String> custom) {
        if (!json.isObject()) {
            throw new InvalidFieldException(
                    "tags", "must be an object of tag to rule, was " + JsonFields.show(json));
        }
        if (json.size() > MOST_TAGS) {
            throw new InvalidFieldException(
                    "tags", "must be at most " + MOST_TAGS + ", was " + json.size());
        }
        ConditionReader reader = new ConditionReader(custom);
        Map<String, Condition> conditions = new LinkedHashMap<>();
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> tag : json.properties()) {
            String path = "tags." + JsonFields.shorten(tag.getKey());
            if (!NAME.matcher(tag.getKey()).matches()) {
                throw new InvalidFieldException(
                        path,
                        "must be named with lower-case letters, digits and underscores, at most"
                                + " 64, beginning with a letter");
            }
            conditions.put(tag.getKey(), rule(tag.getValue(), path, reader));
            copy.set(tag.getKey(), tag.getValue().deepCopy());
        }
        return new TagRules(conditions, copy);
    }

    private static Condition rule(JsonNode json, String path, ConditionReader reader) {
        JsonNode when;
        try {
            JsonFields fields = JsonFields.of(json, "");
            fields.string("description");
            when = fields.any("when").orElseThrow(() -> fields.missing("when"));
            fields.refuseUnknown();
        } catch (InvalidFieldException e) {
            throw new InvalidFieldException(
                    e.field().isEmpty() ? path : path + "." + e.field(), e.reason());
        }
        return reader.read(when, path + ".when");
    }

    /** The rules as they were written. */
    public ObjectNode toJson() {
        return json.deepCopy();
    }

    /** The tags that there are. */
    public Set<String> names() {
        return Collections.unmodifiableSet(conditions.keySet());
    }

    /** The tags that a user has, in the order of the alphabet. */
    public Set<String> tags(TagView view) {
        Set<String> tags = new TreeSet<>();
        conditions.forEach(
                (tag, condition) -> {
                    if (condition.holds(view)) {
                        tags.add(tag);
                    }
                });
        return tags;
    }

    /**
     * When the tags have to be looked at again if the profile stays as it is.
     *
     * @return number of the first local day after today at whose beginning the tags are others than
     *     now; where there is none within {@value #DAYS_AHEAD} days, the last of these
     */
    public long nextChange(TagView view) {
        Set<String> now = tags(view);
        int today = view.today();
        for (int day = today + 1; day < today + DAYS_AHEAD; day++) {
            if (!tags(view.at(view.profile().calendar().start(day))).equals(now)) {
                return day;
            }
        }
        return today + (long) DAYS_AHEAD;
    }
}
