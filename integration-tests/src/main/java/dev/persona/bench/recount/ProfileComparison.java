package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares a profile as GET shows it with its recount: every field that the recount has, in an
 * order of items that counts. What is counted must be equal; what decays or comes out of a
 * logarithm may differ as much as the answer's time and rounding allow.
 */
public final class ProfileComparison {

    /** Shown with four decimals, a little later than it was counted. */
    private static final double ABSOLUTE = 2e-4;

    private static final double RELATIVE = 1e-3;

    private static final Pattern INEXACT =
            Pattern.compile(
                    "events\\.[^.]+\\.decayed|affinities\\..*|price\\..*"
                            + "|recent_items\\.\\d+\\.weight");

    /** Objects whose keys are data: one too many is a difference, one too few as well. */
    private static final Pattern BY_KEY =
            Pattern.compile(
                    "events|affinities|affinities\\.[^.]+|price\\.by_category|channels"
                            + "|recent_items\\.\\d+\\.actions");

    /** Beyond so many sessions a profile estimates. */
    private static final int EXACT_SESSIONS = 256;

    /** Four standard errors of a bottom-k sketch of that size. */
    private static final double SESSIONS_RELATIVE = 0.25;

    private final List<String> differences = new ArrayList<>();

    private ProfileComparison() {}

    /**
     * Compares.
     *
     * @return a line for each difference, such as {@code events.click.total: 20 expected, was 21}
     */
    public static List<String> differences(JsonNode expected, JsonNode shown) {
        ProfileComparison comparison = new ProfileComparison();
        // A profile that counts without windows has none of the parts that came with them.
        boolean early =
                shown.path("events").properties().stream().anyMatch(e -> e.getValue().isNumber());
        expected.properties()
                .forEach(
                        field -> {
                            String name = field.getKey();
                            if (early == false || shown.has(name)) {
                                comparison.compare(name, field.getValue(), shown.path(name));
                            }
                        });
        if (expected.has("purchases") == false && shown.at("/purchases/total").asLong() != 0) {
            comparison.differ("purchases", expected.path("purchases"), shown.path("purchases"));
        }
        return comparison.differences;
    }

    private void compare(String path, JsonNode expected, JsonNode shown) {
        if (expected.isObject() && shown.isNumber()) {
            compare(path + ".total", expected.path("total"), shown);
        } else if (expected.isObject()) {
            compareObjects(path, expected, shown);
        } else if (expected.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), shown.size()); i++) {
                compare(path + "." + i, expected.path(i), shown.path(i));
            }
        } else if (expected.isNumber() || shown.isNumber()) {
            if (near(path, expected.asDouble(), shown.asDouble()) == false) {
                differ(path, expected, shown);
            }
        } else if (expected.equals(shown) == false) {
            differ(path, expected, shown);
        }
    }

    private void compareObjects(String path, JsonNode expected, JsonNode shown) {
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        if (BY_KEY.matcher(path).matches()) {
            shown.fieldNames().forEachRemaining(names::add);
        }
        names.forEach(name -> compare(path + "." + name, expected.path(name), shown.path(name)));
    }

    /** A missing number is 0: sums that small need not be shown. */
    private static boolean near(String path, double expected, double shown) {
        double difference = Math.abs(expected - shown);
        if (path.equals("sessions") && expected > EXACT_SESSIONS) {
            return difference <= SESSIONS_RELATIVE * expected;
        }
        return INEXACT.matcher(path).matches()
                ? difference <= ABSOLUTE + RELATIVE * Math.abs(expected)
                : difference == 0;
    }

    private void differ(String path, JsonNode expected, JsonNode shown) {
        differences.add("%s: %s expected, was %s".formatted(path, expected, shown));
    }
}
