package dev.persona.profiling.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the users of a catalog are like, to tell where one of them stands: scores from 1 to 5, a
 * fifth of the population each (recency, frequency, monetary: Hughes, Strategic Database Marketing,
 * 1994).
 *
 * @param recency of the day of the latest purchase
 * @param frequency of the number of days with a purchase
 * @param monetary of the money spent
 * @param price of the mean of ln price, over the users with a known price
 * @param users users with a purchase
 */
public record Population(
        Boundaries recency,
        Boundaries frequency,
        Boundaries monetary,
        Boundaries price,
        long users) {

    /** How lately a user bought, 5 for the latest; empty without a purchase or a population. */
    public OptionalInt recencyScore(Profile profile) {
        OptionalInt day = profile.purchases().lastDay();
        return day.isEmpty() ? OptionalInt.empty() : recency.score(day.getAsInt());
    }

    /** On how many days a user bought, 5 for the most; empty without a purchase or a population. */
    public OptionalInt frequencyScore(Profile profile) {
        Purchases purchases = profile.purchases();
        return purchases.total() == 0 ? OptionalInt.empty() : frequency.score(purchases.days());
    }

    /** How much a user spent, 5 for the most; empty without a purchase or a population. */
    public OptionalInt monetaryScore(Profile profile) {
        return profile.purchases().total() == 0
                ? OptionalInt.empty()
                : monetary.score(BuyerFigures.monetary(profile));
    }

    /** How high a user's price level is; empty without a known price or a population. */
    public OptionalInt priceScore(Profile profile) {
        OptionalDouble mean = BuyerFigures.meanLogPrice(profile);
        return mean.isEmpty() ? OptionalInt.empty() : price.score(mean.getAsDouble());
    }

    /** The boundaries, each an array of four numbers or of none, and the number of users. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "recency", recency);
        put(json, "frequency", frequency);
        put(json, "monetary", monetary);
        put(json, "price", price);
        json.put("users", users);
        return json;
    }

    private static void put(ObjectNode json, String name, Boundaries boundaries) {
        ArrayNode values = json.putArray(name);
        boundaries.values().forEach(values::add);
    }

    /** Reads what {@link #toJson} wrote. */
    public static Population read(JsonNode json) {
        return new Population(
                boundaries(json.path("recency")),
                boundaries(json.path("frequency")),
                boundaries(json.path("monetary")),
                boundaries(json.path("price")),
                json.path("users").asLong());
    }

    private static Boundaries boundaries(JsonNode json) {
        List<Double> values = new ArrayList<>();
        json.forEach(value -> values.add(value.asDouble()));
        return new Boundaries(values);
    }
}
