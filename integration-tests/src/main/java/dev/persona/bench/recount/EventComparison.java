package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.recount.CountedEvent.Facts;
import dev.persona.client.ElasticsearchClient;

import java.util.Comparator;
import java.util.Optional;

/** Compares the document of a stored event with the event that was sent, field by field. */
public final class EventComparison {

    private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
            (one, other) -> {
                if (one.isNumber() && other.isNumber()) {
                    return Double.compare(one.asDouble(), other.asDouble());
                }
                return one.equals(other) ? 0 : 1;
            };

    private EventComparison() {}

    /**
     * Compares.
     *
     * @param sent the event in the form of the events endpoint, timestamp in milliseconds
     * @param facts of its item
     * @param stored the document's source
     * @return what is wrong; empty when all is as sent
     */
    public static Optional<String> difference(JsonNode sent, Facts facts, JsonNode stored) {
        if (stored.path("received_at").asLong() <= 0) {
            return Optional.of("received_at is missing: " + stored);
        }
        ObjectNode found = stored.deepCopy();
        found.remove("received_at");
        ObjectNode expected = expected(sent, facts);
        return expected.equals(NUMBERS_BY_VALUE, found)
                ? Optional.empty()
                : Optional.of("%s expected, was %s".formatted(expected, found));
    }

    private static ObjectNode expected(JsonNode sent, Facts facts) {
        ObjectNode expected = sent.deepCopy();
        // The document's id.
        expected.remove("event_id");
        if (expected.path("quantity").asInt() == 1) {
            expected.remove("quantity");
        }
        if (facts.equals(Facts.NONE) == false) {
            ObjectNode item = expected.putObject("item");
            facts.price().ifPresent(price -> item.put("price", price));
            item.set("attributes", ElasticsearchClient.JSON.valueToTree(facts.attributes()));
        }
        return expected;
    }
}
