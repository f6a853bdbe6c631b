package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventRules;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.profiling.profile.ProfileRules;
import dev.persona.ranking.feature.CatalogFields;

import org.elasticsearch.core.TimeValue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a shop says when it registers a catalog.
 *
 * @param title field with the item's title
 * @param price field with the item's price
 * @param createdAt field that says when the item was created
 * @param attributes fields whose values tell tastes, such as category and brand
 * @param category the one of the attributes by which prices are told apart
 * @param eventWeights what one event of each standard type adds to a profile
 * @param customEvents what one event of each type that the catalog declares itself adds
 * @param halfLife after how long an event counts half
 * @param factors length of the item and interest vectors
 * @param limits how much of events is taken
 * @param retention for how long events are kept
 * @param timeZone whose days and hours those of the profiles are
 * @param tombstone how long events of an erased user are refused
 * @param pseudonyms fingerprint of the key that users' pseudonyms are made with; empty when users
 *     are stored under their ids
 */
public record CatalogSettings(
        Optional<String> title,
        Optional<String> price,
        Optional<String> createdAt,
        List<String> attributes,
        Optional<String> category,
        Map<EventType, Double> eventWeights,
        Map<EventType, Double> customEvents,
        TimeValue halfLife,
        int factors,
        EventLimits limits,
        Retention retention,
        ZoneId timeZone,
        TimeValue tombstone,
        Optional<String> pseudonyms) {
    /** Settings that shape neither profiles nor vectors, so that they may change at any time. */
    private static final Set<String> CHANGEABLE = Set.of("limits", "retention", "tombstone");

    /** Each top-level setting, and what two catalogs are compared by. */
    private static final List<Map.Entry<String, Function<CatalogSettings, Object>>> COMPARED =
            List.of(
                    Map.entry(
                            "fields",
                            s -> List.of(s.title, s.price, s.createdAt, s.attributes, s.category)),
                    Map.entry("event_weights", CatalogSettings::eventWeights),
                    Map.entry("custom_events", CatalogSettings::customEvents),
                    Map.entry("half_life", CatalogSettings::halfLife),
                    Map.entry("factors", CatalogSettings::factors),
                    Map.entry("limits", CatalogSettings::limits),
                    Map.entry("retention", CatalogSettings::retention),
                    Map.entry("time_zone", CatalogSettings::timeZone),
                    Map.entry("tombstone", CatalogSettings::tombstone),
                    Map.entry("pseudonyms", CatalogSettings::pseudonyms));

    /** Makes all collections unmodifiable. */
    public CatalogSettings {
        attributes = List.copyOf(attributes);
        eventWeights = Map.copyOf(eventWeights);
        customEvents = Map.copyOf(customEvents);
    }

    /**
     * Reads the body of a registration.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    public static CatalogSettings parse(JsonNode json) {
        return CatalogSettingsJson.parse(json);
    }

    /** The form that {@link #parse} reads, with everything said. */
    public ObjectNode toJson() {
        return CatalogSettingsJson.toJson(this);
    }

    /** Names of the top-level settings that differ. */
    public List<String> differences(CatalogSettings other) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Function<CatalogSettings, Object>> setting : COMPARED) {
            if (!setting.getValue().apply(this).equals(setting.getValue().apply(other))) {
                names.add(setting.getKey());
            }
        }
        return names;
    }

    /** Names of those that differ and cannot be changed while there is data. */
    public List<String> lastingDifferences(CatalogSettings other) {
        List<String> names = differences(other);
        names.removeAll(CHANGEABLE);
        return names;
    }

    /** How events become profiles. */
    public ProfileRules rules() {
        Map<EventType, Double> weights = new HashMap<>(eventWeights);
        weights.putAll(customEvents);
        return new ProfileRules(weights, new ForwardDecay(halfLife.millis()), timeZone, category);
    }

    /** What is taken as an event. */
    public EventRules eventRules() {
        Map<String, EventType> custom = new HashMap<>();
        customEvents.keySet().forEach(type -> custom.put(type.id(), type));
        return new EventRules(
                custom,
                limits.eventsPerCall(),
                Math.toIntExact(limits.eventBytes().getBytes()),
                limits.idBytes(),
                limits.future().millis(),
                retention.millis(),
                retention.otherMillis());
    }

    /** What items can tell. */
    public CatalogFields catalogFields() {
        return new CatalogFields(price.isPresent(), createdAt.isPresent(), attributes);
    }
}
