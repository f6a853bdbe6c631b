package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The price levels a user turns to: over all items, and in each category.
 *
 * <p>{@value #MOST_CATEGORIES} categories are kept. With more, the one that weighs least is
 * forgotten, and begins anew when it comes up again.
 */
public final class PriceLevels {
    /** How many categories are kept. */
    static final int MOST_CATEGORIES = 1000;

    /** How many categories are shown. */
    static final int MOST_SHOWN = 100;

    private final Map<String, PricePreference> byCategory = new TreeMap<>();
    private PricePreference overall = new PricePreference();

    PriceLevels() {}

    /**
     * Takes in one price.
     *
     * @param price above 0
     * @param weight of the event, above 0
     */
    void add(double price, Iterable<String> categories, double weight, ForwardDecay.Moment moment) {
        double log = StrictMath.log(price);
        overall.add(log, weight, moment);
        for (String category : categories) {
            byCategory
                    .computeIfAbsent(category, name -> new PricePreference())
                    .add(log, weight, moment);
        }
        forgetTheLeast();
    }

    void absorb(PriceLevels other) {
        overall.absorb(other.overall);
        other.byCategory.forEach(
                (category, price) ->
                        byCategory
                                .computeIfAbsent(category, name -> new PricePreference())
                                .absorb(price));
        forgetTheLeast();
    }

    private void forgetTheLeast() {
        while (byCategory.size() > MOST_CATEGORIES) {
            byCategory.entrySet().stream()
                    .min(
                            Comparator.comparingDouble(
                                    e -> e.getValue().weightFrom(overall.landmark())))
                    .map(Map.Entry::getKey)
                    .ifPresent(byCategory::remove);
        }
    }

    /** Over all items. */
    public PricePreference overall() {
        return overall;
    }

    /** In a category, if prices are known of it. */
    public Optional<PricePreference> in(String category) {
        return Optional.ofNullable(byCategory.get(category));
    }

    void write(JsonGenerator json) throws IOException {
        if (!overall.isKnown()) {
            return;
        }
        json.writeFieldName("price");
        overall.write(json);
        if (!byCategory.isEmpty()) {
            json.writeObjectFieldStart("price_by_category");
            for (Map.Entry<String, PricePreference> e : byCategory.entrySet()) {
                json.writeFieldName(e.getKey());
                e.getValue().write(json);
            }
            json.writeEndObject();
        }
    }

    void read(JsonNode profile) {
        if (profile.has("price")) {
            overall = PricePreference.read(profile.get("price"));
        }
        profile.path("price_by_category")
                .properties()
                .forEach(e -> byCategory.put(e.getKey(), PricePreference.read(e.getValue())));
    }

    /** To be called when a price is known. */
    ObjectNode shown(long now, ForwardDecay decay) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        overall.show(json, now, decay);
        if (byCategory.isEmpty()) {
            return json;
        }
        ObjectNode categories = json.putObject("by_category");
        byCategory.entrySet().stream()
                .filter(e -> e.getValue().isKnown())
                .sorted(
                        Comparator.<Map.Entry<String, PricePreference>>comparingDouble(
                                        e -> -Rounded.of(e.getValue().weight(now, decay)))
                                .thenComparing(Map.Entry::getKey))
                .limit(MOST_SHOWN)
                .forEach(e -> e.getValue().show(categories.putObject(e.getKey()), now, decay));
        return json;
    }
}
