package dev.persona.profiling.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventType;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Profiles as JSON: as they are stored, and as they are shown. */
public final class ProfileJson {
    private ProfileJson() {}

    /**
     * The whole state; {@link #read} gives back a profile that goes on as if never stored. Equal
     * profiles have the same text.
     */
    public static ObjectNode stored(Profile profile) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (profile.isEmpty()) {
            return json;
        }
        json.put("first_seen", profile.firstSeen);
        json.put("last_seen", profile.lastSeen);
        json.set("events", counts(profile.counts));
        json.put("landmark", profile.landmark);
        json.set("affinities", affinities(profile, 1));
        ObjectNode price = json.putObject("price");
        price.put("weight", profile.price.weight());
        price.put("sum", profile.price.sum());
        price.put("squares", profile.price.squares());
        ArrayNode items = json.putArray("recent_items");
        profile.recentItems.all().stream()
                .sorted(Comparator.comparing(RecentItems.RecentItem::item))
                .forEach(
                        item -> {
                            ObjectNode entry = items.addObject();
                            entry.put("item", item.item());
                            entry.put("weight", item.weight());
                            entry.put("last", item.last());
                            entry.set("actions", counts(item.actions()));
                        });
        return json;
    }

    /** Reads what {@link #stored} wrote. */
    public static Profile read(JsonNode json, ProfileRules rules) {
        Profile profile = new Profile(rules);
        if (json.isEmpty()) {
            return profile;
        }
        profile.firstSeen = json.path("first_seen").asLong();
        profile.lastSeen = json.path("last_seen").asLong();
        profile.landmark = json.path("landmark").asLong();
        json.path("events")
                .properties()
                .forEach(
                        e ->
                                profile.counts.put(
                                        EventType.named(e.getKey()), e.getValue().asLong()));
        json.path("affinities")
                .properties()
                .forEach(
                        attribute ->
                                attribute
                                        .getValue()
                                        .properties()
                                        .forEach(
                                                value ->
                                                        profile.affinities.put(
                                                                attribute.getKey(),
                                                                value.getKey(),
                                                                value.getValue().asDouble())));
        JsonNode price = json.path("price");
        profile.price =
                new PricePreference(
                        price.path("weight").asDouble(),
                        price.path("sum").asDouble(),
                        price.path("squares").asDouble());
        for (JsonNode item : json.path("recent_items")) {
            Map<EventType, Integer> actions = new TreeMap<>();
            item.path("actions")
                    .properties()
                    .forEach(e -> actions.put(EventType.named(e.getKey()), e.getValue().asInt()));
            profile.recentItems.put(
                    new RecentItems.RecentItem(
                            item.path("item").asText(),
                            item.path("weight").asDouble(),
                            item.path("last").asLong(),
                            actions));
        }
        return profile;
    }

    /**
     * For people: times as ISO-8601, sums decayed to a time, prices as prices, the latest items
     * first.
     *
     * @param now time in milliseconds that the weights are given for
     */
    public static ObjectNode shown(Profile profile, long now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (profile.isEmpty()) {
            return json;
        }
        double decay = profile.decayAt(now);
        json.put("first_seen", Instant.ofEpochMilli(profile.firstSeen).toString());
        json.put("last_seen", Instant.ofEpochMilli(profile.lastSeen).toString());
        json.set("events", counts(profile.counts));
        json.set("affinities", affinities(profile, decay));
        if (profile.price.isKnown()) {
            ObjectNode price = json.putObject("price");
            price.put("mean", round(Math.exp(profile.price.meanLog())));
            price.put("spread", round(Math.exp(profile.price.deviationLog())));
            price.put("weight", round(profile.price.weight() * decay));
        }
        ArrayNode items = json.putArray("recent_items");
        profile.recentItems.all().stream()
                .sorted(
                        Comparator.comparingLong(RecentItems.RecentItem::last)
                                .reversed()
                                .thenComparing(RecentItems.RecentItem::item))
                .forEach(
                        item -> {
                            ObjectNode entry = items.addObject();
                            entry.put("item", item.item());
                            entry.put("weight", round(item.weight() * decay));
                            entry.put("last", Instant.ofEpochMilli(item.last()).toString());
                            entry.set("actions", counts(item.actions()));
                        });
        return json;
    }

    private static ObjectNode counts(Map<EventType, ? extends Number> counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach((type, count) -> json.put(type.id(), count.longValue()));
        return json;
    }

    private static ObjectNode affinities(Profile profile, double decay) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        profile.affinities
                .all()
                .forEach(
                        (attribute, values) -> {
                            ObjectNode sums = json.putObject(attribute);
                            values.entrySet().stream()
                                    .sorted(
                                            Map.Entry.<String, Double>comparingByValue()
                                                    .reversed()
                                                    .thenComparing(Map.Entry.comparingByKey()))
                                    .forEach(
                                            e ->
                                                    sums.put(
                                                            e.getKey(),
                                                            decay == 1
                                                                    ? e.getValue()
                                                                    : round(e.getValue() * decay)));
                        });
        return json;
    }

    private static double round(double value) {
        return Math.rint(value * 10_000) / 10_000;
    }
}
