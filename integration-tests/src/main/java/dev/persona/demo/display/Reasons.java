package dev.persona.demo.display;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.demo.node.Hit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says in plain words what moved a hit: the feature whose contribution differs most from its mean
 * over the window, in the direction of the move. A feature that lifts every hit alike moves none.
 */
public final class Reasons {

    private static final String AFFINITY = "affinity_";

    private final Map<String, Double> means = new HashMap<>();

    /**
     * @param window all hits of the window, with explanations
     */
    public Reasons(List<Hit> window) {
        for (Hit hit : window) {
            Explanation.contributions(hit.explanation())
                    .forEach((f, c) -> means.merge(f, c / window.size(), Double::sum));
        }
    }

    /**
     * The reason for one hit.
     *
     * @param up whether it moved up, or stayed
     * @return a few words; a dash when the hit has no explanation
     */
    public String of(Hit hit, boolean up) {
        String strongest = "";
        double most = 0;
        for (Map.Entry<String, Double> one :
                Explanation.contributions(hit.explanation()).entrySet()) {
            double beyondMean = one.getValue() - means.getOrDefault(one.getKey(), 0.0);
            double towards = up ? beyondMean : -beyondMean;
            if (towards > most) {
                most = towards;
                strongest = one.getKey();
            }
        }
        return strongest.isEmpty() ? "-" : words(strongest, hit.source(), up);
    }

    private static String words(String feature, JsonNode source, boolean up) {
        if (feature.startsWith(AFFINITY)) {
            String attribute = feature.substring(AFFINITY.length());
            String value = source.path(attribute).asText("");
            if (value.isEmpty()) {
                return "has no " + attribute;
            }
            return up ? "likes " + value : "likes others than " + value;
        }
        if (feature.startsWith("price_")) {
            return up ? "fits price level" : "off price level";
        }
        if (feature.startsWith("interest_")) {
            return up ? "interest vector" : "interest vector low";
        }
        return switch (feature) {
            case "item_weight", "days_since_item" -> up ? "chosen before" : "not chosen before";
            case "item_popularity", "item_vector_length" -> up ? "popular" : "less popular";
            case "item_click_rate" -> up ? "often clicked" : "seldom clicked";
            case "first_pass_score" -> up ? "matches the words" : "matches words less";
            case "clicks", "purchases" -> "how active the user is";
            case "price" -> "its price";
            case "age_days" -> up ? "how new it is" : "how old it is";
            default -> feature;
        };
    }
}
