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
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.core.TimeValue;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The settings of a catalog as JSON: as a shop sends them, and as they are stored and shown. */
final class CatalogSettingsJson {
    private static final TimeValue DEFAULT_HALF_LIFE = TimeValue.timeValueDays(30);
    private static final TimeValue LEAST_HALF_LIFE = TimeValue.timeValueMinutes(1);
    private static final TimeValue MOST_HALF_LIFE = TimeValue.timeValueDays(36_500);

    private static final TimeValue DEFAULT_TOMBSTONE = TimeValue.timeValueDays(1);
    private static final TimeValue LEAST_TOMBSTONE = TimeValue.timeValueSeconds(1);
    private static final TimeValue MOST_TOMBSTONE = TimeValue.timeValueDays(365);

    private static final int DEFAULT_FACTORS = 64;

    /** The largest vector that Elasticsearch indexes. */
    private static final int MOST_FACTORS = 1024;

    private static final int MOST_ATTRIBUTES = 20;

    /** Each may get an entry of its own in each profile. */
    private static final int MOST_CUSTOM_EVENTS = 100;

    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    private CatalogSettingsJson() {}

    /**
     * Reads the body of a registration.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    static CatalogSettings parse(JsonNode json) {
        JsonFields body = JsonFields.of(json, "body");
        JsonFields fields = object(body, "fields");
        Optional<String> title = fields.string("title");
        Optional<String> price = fields.string("price");
        Optional<String> createdAt = fields.string("created_at");
        List<String> attributes = attributes(fields);
        Optional<String> category = fields.string("category");
        fields.refuseUnknown();
        category.ifPresent(name -> checkCategory(name, attributes));
        Map<EventType, Double> weights = weights(body.numbers("event_weights"));
        Map<EventType, Double> custom = customEvents(body.numbers("custom_events"));
        CatalogSettings settings =
                new CatalogSettings(
                        title,
                        price,
                        createdAt,
                        attributes,
                        category,
                        weights,
                        custom,
                        body.string("half_life")
                                .map(CatalogSettingsJson::halfLife)
                                .orElse(DEFAULT_HALF_LIFE),
                        body.integer("factors", 1, MOST_FACTORS).orElse(DEFAULT_FACTORS),
                        EventLimits.parse(object(body, "limits")),
                        Retention.parse(object(body, "retention"), byName(custom.keySet())),
                        body.string("time_zone")
                                .map(CatalogSettingsJson::timeZone)
                                .orElse(DEFAULT_ZONE),
                        body.string("tombstone")
                                .map(CatalogSettingsJson::tombstone)
                                .orElse(DEFAULT_TOMBSTONE),
                        PseudonymSetting.parse(body));
        body.refuseUnknown();
        return settings;
    }

    private static JsonFields object(JsonFields body, String name) {
        return body.object(name)
                .orElseGet(() -> JsonFields.of(JsonNodeFactory.instance.objectNode(), name));
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

    private static void checkCategory(String name, List<String> attributes) {
        if (!attributes.contains(name)) {
            throw new InvalidFieldException(
                    "fields.category",
                    "must be one of [fields.attributes], "
                            + attributes
                            + ", was ["
                            + JsonFields.shorten(name)
                            + "]");
        }
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
                    String field = "event_weights." + name;
                    EventType type =
                            EventType.standard(name)
                                    .orElseThrow(
                                            () ->
                                                    new InvalidFieldException(
                                                            field, unknownType(name)));
                    checkWeight(field, weight);
                    weights.put(type, weight);
                });
        return weights;
    }

    private static Map<EventType, Double> customEvents(Map<String, Double> given) {
        if (given.size() > MOST_CUSTOM_EVENTS) {
            throw new InvalidFieldException(
                    "custom_events",
                    "must be at most " + MOST_CUSTOM_EVENTS + ", was " + given.size());
        }
        Map<EventType, Double> weights = new TreeMap<>();
        given.forEach(
                (name, weight) -> {
                    String field = "custom_events." + name;
                    if (EventType.standard(name).isPresent()) {
                        throw new InvalidFieldException(
                                field, "is a standard type, its weight goes into [event_weights]");
                    }
                    if (!EventType.isName(name)) {
                        throw new InvalidFieldException(
                                field,
                                "must be lower-case letters, digits and underscores, at most 64,"
                                        + " beginning with a letter");
                    }
                    if (name.equals(Retention.OTHERS)) {
                        throw new InvalidFieldException(
                                field,
                                "must have another name, in [retention] it means all others");
                    }
                    checkWeight(field, weight);
                    weights.put(EventType.named(name), weight);
                });
        return weights;
    }

    private static void checkWeight(String field, double weight) {
        if (Math.abs(weight) > ProfileRules.MOST_WEIGHT) {
            throw new InvalidFieldException(
                    field,
                    "must be from "
                            + -ProfileRules.MOST_WEIGHT
                            + " to "
                            + ProfileRules.MOST_WEIGHT
                            + ", was "
                            + weight);
        }
    }

    private static String unknownType(String name) {
        return "is no event type"
                + NearestName.of(name, EventType.ids())
                        .map(near -> ", did you mean [" + near + "]?")
                        .orElse(
                                ", known are "
                                        + EventType.ids()
                                        + "; one of your own goes into [custom_events]");
    }

    private static Map<String, EventType> byName(Set<EventType> custom) {
        Map<String, EventType> types = new TreeMap<>();
        EventType.standard().forEach(type -> types.put(type.id(), type));
        custom.forEach(type -> types.put(type.id(), type));
        return types;
    }

    private static TimeValue halfLife(String text) {
        return Times.parse("half_life", text, LEAST_HALF_LIFE, MOST_HALF_LIFE);
    }

    private static TimeValue tombstone(String text) {
        return Times.parse("tombstone", text, LEAST_TOMBSTONE, MOST_TOMBSTONE);
    }

    private static ZoneId timeZone(String id) {
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(id)) {
            throw new InvalidFieldException(
                    "time_zone",
                    "must be an IANA time zone such as Europe/Berlin, was ["
                            + JsonFields.shorten(id)
                            + "]"
                            + NearestName.of(id, known)
                                    .map(near -> ", did you mean [" + near + "]?")
                                    .orElse(""));
        }
        return ZoneId.of(id);
    }

    /** The form that {@link #parse} reads, with everything said. */
    static ObjectNode toJson(CatalogSettings settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = json.putObject("fields");
        settings.title().ifPresent(field -> fields.put("title", field));
        settings.price().ifPresent(field -> fields.put("price", field));
        settings.createdAt().ifPresent(field -> fields.put("created_at", field));
        ArrayNode names = fields.putArray("attributes");
        settings.attributes().forEach(names::add);
        settings.category().ifPresent(field -> fields.put("category", field));
        putWeights(json.putObject("event_weights"), settings.eventWeights());
        putWeights(json.putObject("custom_events"), settings.customEvents());
        json.put("half_life", settings.halfLife().getStringRep());
        json.put("factors", settings.factors());
        json.set("limits", settings.limits().toJson());
        json.set("retention", settings.retention().toJson());
        json.put("time_zone", settings.timeZone().getId());
        json.put("tombstone", settings.tombstone().getStringRep());
        PseudonymSetting.write(settings.pseudonyms(), json);
        return json;
    }

    private static void putWeights(ObjectNode json, Map<EventType, Double> weights) {
        new TreeMap<>(weights).forEach((type, weight) -> json.put(type.id(), weight));
    }
}
