package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.json.NearestName;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.ProfileRules;
import dev.persona.ranking.feature.CatalogFields;

import org.elasticsearch.core.TimeValue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shop says when it registers a catalog.
 *
 * @param title field with the item's title
 * @param price field with the item's price
 * @param createdAt field that says when the item was created
 * @param attributes fields whose values tell tastes, such as category and brand
 * @param eventWeights what one event of each type adds to a profile
 * @param halfLife after how long an event counts half
 * @param factors length of the item and interest vectors
 */
public record CatalogSettings(
        Optional<String> title,
        Optional<String> price,
        Optional<String> createdAt,
        List<String> attributes,
        Map<EventType, Double> eventWeights,
        TimeValue halfLife,
        int factors) {
    private static final TimeValue DEFAULT_HALF_LIFE = TimeValue.timeValueDays(30);
    private static final int DEFAULT_FACTORS = 64;

    /** The largest vector that Elasticsearch indexes. */
    private static final int MOST_FACTORS = 1024;

    private static final int MOST_ATTRIBUTES = 20;

    /** Makes all collections unmodifiable. */
    public CatalogSettings {
        attributes = List.copyOf(attributes);
        eventWeights = Map.copyOf(eventWeights);
    }

    /**
     * Reads the body of a registration.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    public static CatalogSettings parse(JsonNode json) {
        JsonFields body = JsonFields.of(json, "body");
        JsonFields fields =
                body.object("fields").orElseGet(() -> JsonFields.of(Json.readText("{}"), "fields"));
        Optional<String> title = fields.string("title");
        Optional<String> price = fields.string("price");
        Optional<String> createdAt = fields.string("created_at");
        List<String> attributes = attributes(fields);
        fields.refuseUnknown();
        Map<EventType, Double> weights = weights(body.numbers("event_weights"));
        TimeValue halfLife =
                body.string("half_life").map(CatalogSettings::halfLife).orElse(DEFAULT_HALF_LIFE);
        int factors = body.integer("factors", 1, MOST_FACTORS).orElse(DEFAULT_FACTORS);
        body.refuseUnknown();
        return new CatalogSettings(title, price, createdAt, attributes, weights, halfLife, factors);
    }

    private static List<String> attributes(JsonFields fields) {
        List<String> attributes = fields.strings("attributes");
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new InvalidFieldException(
                    "fields.attributes",
                    "must be at most " + MOST_ATTRIBUTES + ", was " + attributes.size());
        }
        if (new HashSet<>(attributes).size() < attributes.size()) {
            throw new InvalidFieldException("fields.attributes", "names a field twice");
        }
        return attributes;
    }

    private static Map<EventType, Double> weights(Map<String, Double> given) {
        Map<EventType, Double> weights = new TreeMap<>();
        Json.config("event_weights.json")
                .properties()
                .forEach(
                        e ->
                                EventType.standard(e.getKey())
                                        .ifPresent(
                                                type ->
                                                        weights.put(
                                                                type, e.getValue().asDouble())));
        given.forEach(
                (name, weight) -> {
                    EventType type =
                            EventType.standard(name)
                                    .orElseThrow(
                                            () ->
                                                    new InvalidFieldException(
                                                            "event_weights." + name,
                                                            unknownType(name)));
                    if (Math.abs(weight) > ProfileRules.MOST_WEIGHT) {
                        throw new InvalidFieldException(
                                "event_weights." + name,
                                "must be from "
                                        + -ProfileRules.MOST_WEIGHT
                                        + " to "
                                        + ProfileRules.MOST_WEIGHT
                                        + ", was "
                                        + weight);
                    }
                    weights.put(type, weight);
                });
        return weights;
    }

    private static String unknownType(String name) {
        return "is no event type"
                + NearestName.of(name, EventType.ids())
                        .map(near -> ", did you mean [" + near + "]?")
                        .orElse(", known are " + EventType.ids());
    }

    private static TimeValue halfLife(String text) {
        TimeValue time;
        try {
            time = TimeValue.parseTimeValue(text, "half_life");
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "half_life", "must be a time such as 30d, was [" + text + "]");
        }
        if (time.millis() < TimeValue.timeValueMinutes(1).millis()
                || time.millis() > TimeValue.timeValueDays(36_500).millis()) {
            throw new InvalidFieldException(
                    "half_life", "must be from 1m to 36500d, was [" + text + "]");
        }
        return time;
    }

    /** The form that {@link #parse} reads, with everything said. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = json.putObject("fields");
        title.ifPresent(field -> fields.put("title", field));
        price.ifPresent(field -> fields.put("price", field));
        createdAt.ifPresent(field -> fields.put("created_at", field));
        ArrayNode names = fields.putArray("attributes");
        attributes.forEach(names::add);
        ObjectNode weights = json.putObject("event_weights");
        new TreeMap<>(eventWeights).forEach((type, weight) -> weights.put(type.id(), weight));
        json.put("half_life", halfLife.getStringRep());
        json.put("factors", factors);
        return json;
    }

    /** Names of the top-level settings that differ. */
    public List<String> differences(CatalogSettings other) {
        List<String> names = new ArrayList<>();
        ObjectNode mine = toJson();
        ObjectNode theirs = other.toJson();
        mine.properties()
                .forEach(
                        e -> {
                            if (!e.getValue().equals(theirs.get(e.getKey()))) {
                                names.add(e.getKey());
                            }
                        });
        // 48h and 2d are the same.
        if (halfLife.equals(other.halfLife)) {
            names.remove("half_life");
        }
        return names;
    }

    /** How events become profiles. */
    public ProfileRules rules() {
        return new ProfileRules(
                eventWeights,
                new ForwardDecay(halfLife.millis()),
                ZoneOffset.UTC,
                Optional.empty());
    }

    /** What items can tell. */
    public CatalogFields catalogFields() {
        return new CatalogFields(price.isPresent(), createdAt.isPresent(), attributes);
    }
}
