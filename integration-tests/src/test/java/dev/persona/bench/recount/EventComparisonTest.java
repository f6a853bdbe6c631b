package dev.persona.bench.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.recount.CountedEvent.Facts;
import dev.persona.client.ElasticsearchClient;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

class EventComparisonTest {

    private static final Facts LAMP =
            new Facts(Map.of("category", List.of("light")), OptionalDouble.of(10));

    private static JsonNode json(String text) throws IOException {
        return ElasticsearchClient.JSON.readTree(text.replace('\'', '"'));
    }

    private static JsonNode sent() throws IOException {
        return json(
                "{'event_id': 'e1', 'user_id': 'u', 'type': 'purchase', 'item_id': 'lamp',"
                        + " 'quantity': 1, 'price': 9, 'timestamp': 5}");
    }

    private static ObjectNode stored() throws IOException {
        return (ObjectNode)
                json(
                        "{'user_id': 'u', 'type': 'purchase', 'timestamp': 5, 'item_id': 'lamp',"
                                + " 'price': 9.0, 'item': {'price': 10.0, 'attributes':"
                                + " {'category': ['light']}}, 'received_at': 6}");
    }

    @Test
    void theSameFieldsInOtherOrderAndOtherNumberTypesAreNoDifference() throws IOException {
        assertTrue(EventComparison.difference(sent(), LAMP, stored()).isEmpty());
    }

    @Test
    void eachFieldThatIsMissingOrTooMuchIsADifference() throws IOException {
        List<String> names = new ArrayList<>();
        stored().fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            ObjectNode broken = stored();
            broken.remove(name);
            assertTrue(EventComparison.difference(sent(), LAMP, broken).isPresent(), name);
        }
        ObjectNode more = stored().put("channel", "web");
        assertTrue(EventComparison.difference(sent(), LAMP, more).isPresent());
        assertEquals(7, names.size());
    }
}
