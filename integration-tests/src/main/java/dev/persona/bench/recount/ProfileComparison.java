package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Compares a profile as GET shows it with its recount: every field of either, and lists in their
 * order. What is counted must be equal; what decays or comes out of a logarithm may differ as much
 * as the answer's time and rounding allow.
 */
public final class ProfileComparison {

    /** Shown with four decimals, a little later than it was counted. */
    private static final double ABSOLUTE = 2e-4;

    private static final double RELATIVE = 1e-3;

    private static final Pattern INEXACT =
            Pattern.compile(
                    "events\\.[^.]+\\.decayed|affinities\\..*|price\\..*"
                            + "|recent_items\\.\\d+\\.weight");

    private static final Pattern VALUES = Pattern.compile("affinities\\.[^.]+");
    private static final String CATEGORIES = "price.by_category";

    /** Of so many values of an attribute, and categories, the largest are shown. */
    private static final int SHOWN = 100;

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
        comparison.compareObjects("", expected, shown);
        return comparison.differences;
    }

    private void compare(String path, JsonNode expected, JsonNode shown) {
        if (VALUES.matcher(path).matches()) {
            compareLargest(path, expected, shown, value -> Math.abs(value.asDouble()));
        } else if (path.equals(CATEGORIES)) {
            compareLargest(path, expected, shown, price -> price.path("weight").asDouble());
        } else if (expected.isObject() || shown.isObject()) {
            compareObjects(path + ".", expected, shown);
        } else if (expected.isArray() || shown.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), shown.size()); i++) {
                compare(path + "." + i, expected.path(i), shown.path(i));
            }
        } else if (expected.isNumber() || shown.isNumber()) {
            if (near(path, expected, shown) == false) {
                differ(path, expected, shown);
            }
        } else if (expected.equals(shown) == false && empty(expected, shown) == false) {
            differ(path, expected, shown);
        }
    }

    /** A part without content may be left out. */
    private static boolean empty(JsonNode expected, JsonNode shown) {
        return expected.isValueNode() == false
                && shown.isValueNode() == false
                && expected.isEmpty()
                && shown.isEmpty();
    }

    private void compareObjects(String prefix, JsonNode expected, JsonNode shown) {
        for (String name : names(expected, shown)) {
            compare(prefix + name, expected.path(name), shown.path(name));
        }
    }

    private static Set<String> names(JsonNode expected, JsonNode shown) {
        Set<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        shown.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What is not shown must not be larger than what is, and nothing when there is room. */
    private void compareLargest(
            String path, JsonNode expected, JsonNode shown, ToDoubleFunction<JsonNode> size) {
        if (shown.size() > SHOWN) {
            differences.add(path + ": at most " + SHOWN + " expected, were " + shown.size());
        }
        double smallest = shown.size() < SHOWN ? 0 : Double.POSITIVE_INFINITY;
        for (JsonNode value : shown) {
            smallest = Math.min(smallest, size.applyAsDouble(value));
        }
        for (String name : names(expected, shown)) {
            JsonNode missed = expected.path(name);
            if (shown.has(name)) {
                compare(path + "." + name, missed, shown.path(name));
            } else if (size.applyAsDouble(missed) > smallest + tolerance(smallest)) {
                differ(path + "." + name, missed, shown.path(name));
            }
        }
    }

    private static double tolerance(double expected) {
        return ABSOLUTE + RELATIVE * Math.abs(expected);
    }

    private static boolean near(String path, JsonNode expected, JsonNode shown) {
        double difference = Math.abs(expected.asDouble() - shown.asDouble());
        if (INEXACT.matcher(path).matches()) {
            // A missing number is 0: sums that small need not be shown.
            return difference <= tolerance(expected.asDouble());
        }
        if (path.equals("sessions") && expected.asLong() > EXACT_SESSIONS) {
            return difference <= SESSIONS_RELATIVE * expected.asDouble();
        }
        return expected.isNumber() && shown.isNumber() && difference == 0;
    }

    private void differ(String path, JsonNode expected, JsonNode shown) {
        differences.add("%s: %s expected, was %s".formatted(path, expected, shown));
    }
}
