package dev.persona.plugin.item;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.profiling.coldstart.ItemDescription;
import dev.persona.profiling.event.ItemFacts;

import org.elasticsearch.common.xcontent.support.XContentMapValues;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a catalog's fields say of a product from its source. */
public final class ItemSource {
    private final CatalogSettings settings;

    /** By the fields of a catalog. */
    public ItemSource(CatalogSettings settings) {
        this.settings = settings;
    }

    /** Those of a source that facts are read from. */
    public String[] factFields() {
        return withParents(factNames());
    }

    /** Those of a source that anything is read from. */
    public String[] fields() {
        Set<String> fields = factNames();
        settings.title().ifPresent(fields::add);
        return withParents(fields);
    }

    private Set<String> factNames() {
        Set<String> fields = new TreeSet<>(settings.attributes());
        settings.price().ifPresent(fields::add);
        return fields;
    }

    /** A multi-field is not in the source, its parent is. */
    private static String[] withParents(Set<String> fields) {
        for (String field : List.copyOf(fields)) {
            int dot = field.lastIndexOf('.');
            if (dot > 0) {
                fields.add(field.substring(0, dot));
            }
        }
        return fields.toArray(String[]::new);
    }

    /** Attributes and price. */
    public ItemFacts facts(Map<String, Object> source) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (String attribute : settings.attributes()) {
            List<String> values = texts(value(attribute, source));
            if (!values.isEmpty()) {
                attributes.put(attribute, values);
            }
        }
        double price =
                settings.price().map(field -> number(value(field, source))).orElse(Double.NaN);
        return new ItemFacts(attributes, price);
    }

    /** Attributes, price and title. */
    public ItemDescription description(Map<String, Object> source) {
        return new ItemDescription(
                facts(source),
                settings.title()
                        .map(field -> String.join(" ", texts(value(field, source))))
                        .orElse(""));
    }

    /** What a source has for a field; a multi-field such as brand.keyword is what its parent is. */
    private static Object value(String field, Map<String, Object> source) {
        Object value = XContentMapValues.extractValue(field, source);
        int dot = field.lastIndexOf('.');
        if (value == null && dot > 0) {
            value = XContentMapValues.extractValue(field.substring(0, dot), source);
        }
        return value instanceof Map ? null : value;
    }

    private static List<String> texts(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().filter(v -> v != null).map(Object::toString).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /** A number, or text that is one, as Elasticsearch takes it too; of several the first. */
    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Collection<?> values && !values.isEmpty()) {
            return number(values.iterator().next());
        }
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return Double.NaN;
    }
}
