package dev.persona.demo.display;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what each feature added to a personalised score out of a hit's {@code _explanation}. */
final class Explanation {

    /** {@code <feature> = <value>}; the base value of the model has no such form. */
    private static final Pattern FEATURE = Pattern.compile("([a-z][a-z0-9_.]*) = \\S+");

    private Explanation() {}

    /** Contributions by feature; empty when the explanation has none. */
    static Map<String, Double> contributions(JsonNode explanation) {
        Map<String, Double> contributions = new LinkedHashMap<>();
        for (JsonNode detail : explanation.path("details")) {
            Matcher feature = FEATURE.matcher(detail.path("description").asText());
            if (feature.matches()) {
                contributions.put(feature.group(1), detail.path("value").asDouble());
            }
        }
        if (contributions.isEmpty()) {
            // The personalised score may stand below an outer one.
            for (JsonNode detail : explanation.path("details")) {
                contributions.putAll(contributions(detail));
            }
        }
        return contributions;
    }
}
