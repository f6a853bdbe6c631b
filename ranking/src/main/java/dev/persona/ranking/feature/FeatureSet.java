package dev.persona.ranking.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The features of a ranking model, in the order of its columns.
 *
 * @param features at least one, names unique
 */
public record FeatureSet(List<Feature> features) {
    /** Stands for every attribute of the catalog in a template. */
    private static final String EVERY = "*";

    /**
     * Copies the list.
     *
     * @throws InvalidFieldException when it is empty or a name stands twice
     */
    public FeatureSet {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new InvalidFieldException("features", "must hold at least one feature");
        }
        Set<String> names = new HashSet<>();
        for (Feature feature : features) {
            if (!names.add(feature.name())) {
                throw new InvalidFieldException(
                        "features", "holds [" + feature.name() + "] more than once");
            }
        }
    }

    /**
     * Reads a JSON array of features.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    public static FeatureSet parse(JsonNode json) {
        return new FeatureSet(elements(json).stream().map(Feature::parse).toList());
    }

    /**
     * Reads a template and fits it to a catalog: a feature with {@code "attribute": "*"} becomes
     * one for each attribute, its name followed by that of the attribute; features whose field the
     * catalog does not have are left out.
     */
    public static FeatureSet fit(JsonNode template, CatalogFields fields) {
        List<Feature> features = new ArrayList<>();
        for (JsonNode element : elements(template)) {
            if (EVERY.equals(element.path("attribute").asText())) {
                for (String attribute : fields.attributes()) {
                    ObjectNode one = element.deepCopy();
                    one.put("attribute", attribute);
                    one.put("name", element.path("name").asText() + "_" + attribute);
                    features.add(Feature.parse(one));
                }
            } else {
                Feature feature = Feature.parse(element);
                if (fields.has(feature)) {
                    features.add(feature);
                }
            }
        }
        return new FeatureSet(features);
    }

    private static List<JsonNode> elements(JsonNode json) {
        if (!json.isArray()) {
            throw new InvalidFieldException("features", "must be an array");
        }
        List<JsonNode> elements = new ArrayList<>(json.size());
        json.forEach(elements::add);
        return elements;
    }

    /** The form that {@link #parse} reads. */
    public ArrayNode toJson() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        features.forEach(feature -> json.add(feature.toJson()));
        return json;
    }

    /** Number of columns. */
    public int size() {
        return features.size();
    }

    /** Names in the order of the columns. */
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /** Whether any feature is of the kind; tells what need not be read. */
    public boolean has(Class<? extends Feature> kind) {
        return features.stream().anyMatch(kind::isInstance);
    }

    /** Whether item vectors are needed. */
    public boolean needsVectors() {
        return has(Feature.InterestDot.class)
                || has(Feature.InterestCosine.class)
                || has(Feature.ItemVectorLength.class);
    }

    /** Whether prices are needed. */
    public boolean needsPrice() {
        return has(Feature.Price.class) || has(Feature.PriceDistance.class);
    }

    /** Whether the ids of the items are needed. */
    public boolean needsIds() {
        return has(Feature.ItemWeight.class) || has(Feature.DaysSinceItem.class);
    }

    /** Whether the values of that attribute are needed. */
    public boolean needsAttribute(String attribute) {
        return features.stream()
                .anyMatch(f -> f instanceof Feature.Affinity a && a.attribute().equals(attribute));
    }
}
