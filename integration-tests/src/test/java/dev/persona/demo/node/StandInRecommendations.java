package dev.persona.demo.node;

import static dev.persona.client.ElasticsearchClient.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Recommends what the user has most events about, then what all users have; or only the latter,
 * when what was purchased is excluded.
 */
final class StandInRecommendations {

    private final Map<String, Map<String, Integer>> byUser = new HashMap<>();
    private final Map<String, Integer> byItem = new HashMap<>();

    StandInRecommendations(Collection<JsonNode> events) {
        for (JsonNode event : events) {
            String item = event.path("item_id").asText();
            byItem.merge(item, 1, Integer::sum);
            byUser.computeIfAbsent(event.path("user_id").asText(), user -> new HashMap<>())
                    .merge(item, 1, Integer::sum);
        }
    }

    JsonNode answer(JsonNode body) {
        String user = body.path("user").asText();
        Map<String, Integer> own = byUser.getOrDefault(user, Map.of());
        boolean onlyNew = body.path("exclude").toString().equals("[\"purchased\"]");
        ObjectNode answer = JSON.createObjectNode().put("took", 1).put("user", user);
        answer.put("found", byUser.containsKey(user));
        ArrayNode items = answer.putArray("items");
        byItem.keySet().stream()
                .filter(item -> !onlyNew || !own.containsKey(item))
                .sorted(
                        Comparator.<String, Integer>comparing(item -> own.getOrDefault(item, 0))
                                .thenComparing(byItem::get)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                .limit(body.path("size").asInt(10))
                .forEach(item -> items.addObject().put("item", item).put("score", 1));
        return answer;
    }
}
