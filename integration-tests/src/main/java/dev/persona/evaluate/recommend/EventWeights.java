package dev.persona.evaluate.recommend;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.evaluate.history.LoggedEvent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What an event of each type weighs, a purchase 1.
 *
 * @param byType for each type that may occur
 */
record EventWeights(Map<String, Double> byType) {

    /** Copies. */
    EventWeights {
        byType = Map.copyOf(byType);
    }

    /** Those of a file such as {@code config/event_weights.json}, over that of a purchase. */
    static EventWeights read(Path file) {
        try {
            JsonNode weights = ElasticsearchClient.JSON.readTree(file.toFile());
            double one = weights.path(LoggedEvent.PURCHASE).asDouble();
            Map<String, Double> byType = new HashMap<>();
            weights.properties()
                    .forEach(type -> byType.put(type.getKey(), type.getValue().asDouble() / one));
            return new EventWeights(byType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double of(LoggedEvent event) {
        return byType.getOrDefault(event.type(), 0.0);
    }
}
