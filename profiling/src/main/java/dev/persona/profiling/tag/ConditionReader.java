package dev.persona.profiling.tag;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the condition of a tag, saying where in it something is wrong. */
final class ConditionReader {
    /** Far deeper than anybody writes, far shallower than a stack is. */
    private static final int MOST_DEPTH = 20;

    private static final String FORMS =
            "must be {\"field\": ...}, {\"all\": [...]}, {\"any\": [...]} or {\"not\": {...}}";

    private final Set<String> custom;

    /** Knows the event types that the catalog has declared. */
    ConditionReader(Set<String> custom) {
        this.custom = custom;
    }

    Condition read(JsonNode json, String path) {
        return read(json, path, 1);
    }

    private Condition read(JsonNode json, String path, int depth) {
        if (depth > MOST_DEPTH) {
            throw new InvalidFieldException(
                    path, "must not be nested deeper than " + MOST_DEPTH + " conditions");
        }
        if (!json.isObject()) {
            throw new InvalidFieldException(path, FORMS + ", was " + JsonFields.show(json));
        }
        for (String group : List.of("all", "any", "not")) {
            if (json.has(group) && json.size() > 1) {
                throw new InvalidFieldException(
                        path, "[" + group + "] must stand alone, was " + JsonFields.show(json));
            }
        }
        if (json.has("all")) {
            return new Condition.All(parts(json.get("all"), path + ".all", depth));
        }
        if (json.has("any")) {
            return new Condition.Any(parts(json.get("any"), path + ".any", depth));
        }
        if (json.has("not")) {
            return new Condition.Not(read(json.get("not"), path + ".not", depth + 1));
        }
        try {
            return comparison(json, path);
        } catch (InvalidFieldException e) {
            // Fields of the object are named by themselves there.
            String field = e.field().startsWith(path) ? e.field() : path + "." + e.field();
            throw new InvalidFieldException(field, e.reason());
        }
    }

    private List<Condition> parts(JsonNode json, String path, int depth) {
        if (!json.isArray() || json.isEmpty()) {
            throw new InvalidFieldException(
                    path, "must be an array of conditions, was " + JsonFields.show(json));
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            parts.add(read(json.get(i), path + "[" + i + "]", depth + 1));
        }
        return List.copyOf(parts);
    }

    private Condition comparison(JsonNode json, String path) {
        JsonFields fields = JsonFields.of(json, path);
        Optional<String> name = fields.string("field");
        List<Condition> conditions = new ArrayList<>();
        // The field itself is looked at last: what else is unknown says more of a slip in the form.
        Optional<JsonNode> exists = fields.any("exists");
        Optional<JsonNode> equal = fields.any("eq");
        OptionalDouble[] bounds = new OptionalDouble[Comparison.values().length];
        for (Comparison comparison : Comparison.values()) {
            bounds[comparison.ordinal()] = fields.number(comparison.id());
        }
        fields.any("all");
        fields.any("any");
        fields.any("not");
        fields.refuseUnknown();
        if (name.isEmpty()) {
            throw new InvalidFieldException(path, FORMS + ", was " + JsonFields.show(json));
        }
        TagField field = TagField.named(name.get(), path + ".field", custom);
        for (Comparison comparison : Comparison.values()) {
            OptionalDouble bound = bounds[comparison.ordinal()];
            if (bound.isPresent()) {
                conditions.add(new Condition.Compares(field, comparison, bound.getAsDouble()));
            }
        }
        equal.ifPresent(value -> conditions.add(new Condition.Equals(field, scalar(value))));
        exists.ifPresent(value -> conditions.add(new Condition.Exists(field, bool(value))));
        if (conditions.isEmpty()) {
            throw new InvalidFieldException(path, "needs one of gte, gt, lte, lt, eq, exists");
        }
        return conditions.size() == 1
                ? conditions.get(0)
                : new Condition.All(List.copyOf(conditions));
    }

    private static Object scalar(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        throw new InvalidFieldException(
                "eq", "must be a text, number or boolean, was " + JsonFields.show(value));
    }

    private static boolean bool(JsonNode value) {
        if (!value.isBoolean()) {
            throw new InvalidFieldException(
                    "exists", "must be true or false, was " + JsonFields.show(value));
        }
        return value.booleanValue();
    }
}
