package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One event as a recount sees it.
 *
 * @param type such as purchase
 * @param time milliseconds since 1970
 * @param item what it is about; empty for impressions and searches
 * @param quantity at least 1
 * @param price of the event itself
 * @param value such as stars
 * @param facts of its item
 */
public record CountedEvent(
        String type,
        long time,
        Optional<String> item,
        int quantity,
        OptionalDouble price,
        OptionalDouble value,
        Optional<String> channel,
        Optional<String> session,
        Facts facts) {

    /**
     * What was known of the item when the event arrived.
     *
     * @param attributes values of each attribute
     * @param price above 0, if known
     */
    public record Facts(Map<String, List<String>> attributes, OptionalDouble price) {
        /** Nothing was. */
        public static final Facts NONE = new Facts(Map.of(), OptionalDouble.empty());
    }

    /**
     * An event in the form of the events endpoint, with a timestamp in milliseconds.
     *
     * @param products facts by item
     */
    public static CountedEvent of(JsonNode event, Map<String, Facts> products) {
        Optional<String> item = text(event, "item_id");
        return new CountedEvent(
                event.path("type").asText(),
                event.path("timestamp").asLong(),
                item,
                event.path("quantity").asInt(1),
                number(event, "price"),
                number(event, "value"),
                text(event, "channel"),
                text(event, "session_id"),
                item.map(id -> products.getOrDefault(id, Facts.NONE)).orElse(Facts.NONE));
    }

    private static Optional<String> text(JsonNode event, String field) {
        return event.has(field) ? Optional.of(event.path(field).asText()) : Optional.empty();
    }

    private static OptionalDouble number(JsonNode event, String field) {
        return event.has(field)
                ? OptionalDouble.of(event.path(field).asDouble())
                : OptionalDouble.empty();
    }
}
