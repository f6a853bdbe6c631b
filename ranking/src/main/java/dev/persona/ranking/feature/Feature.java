package dev.persona.ranking.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.json.NearestName;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number that the ranking model sees of a hit. A value that cannot be had is NaN, which
 * LightGBM takes as missing.
 */
public sealed interface Feature {

    /** Unique within a feature set; stands in explanations. */
    String name();

    /** What the value is made from, as in JSON. */
    String source();

    /**
     * Score that the query gave the hit before re-ranking.
     *
     * @param name see {@link Feature#name()}
     */
    record FirstPassScore(String name) implements Feature {
        @Override
        public String source() {
            return "first_pass_score";
        }
    }

    /**
     * Natural logarithm of the item's price.
     *
     * @param name see {@link Feature#name()}
     */
    record Price(String name) implements Feature {
        @Override
        public String source() {
            return "price";
        }
    }

    /**
     * Days since the item was created.
     *
     * @param name see {@link Feature#name()}
     */
    record Age(String name) implements Feature {
        @Override
        public String source() {
            return "age";
        }
    }

    /**
     * The user's affinity to the item's value of an attribute, as a share of all that the user
     * likes in that attribute: from 0 to 1, negative for what the user avoids. With several values
     * the largest counts. Missing when the item has no value or the user likes none.
     *
     * @param name see {@link Feature#name()}
     * @param attribute one of the catalog's attributes
     */
    record Affinity(String name, String attribute) implements Feature {
        @Override
        public String source() {
            return "affinity";
        }
    }

    /**
     * Distance of the item's price from the user's level: ln price minus the user's mean of ln
     * price, without sign.
     *
     * @param name see {@link Feature#name()}
     */
    record PriceDistance(String name) implements Feature {
        @Override
        public String source() {
            return "price_distance";
        }
    }

    /**
     * Dot product of interest vector and item vector.
     *
     * @param name see {@link Feature#name()}
     */
    record InterestDot(String name) implements Feature {
        @Override
        public String source() {
            return "interest_dot";
        }
    }

    /**
     * Cosine of the angle between interest vector and item vector.
     *
     * @param name see {@link Feature#name()}
     */
    record InterestCosine(String name) implements Feature {
        @Override
        public String source() {
            return "interest_cosine";
        }
    }

    /**
     * Euclidean length of the item vector; grows with how much the item is interacted with.
     *
     * @param name see {@link Feature#name()}
     */
    record ItemVectorLength(String name) implements Feature {
        @Override
        public String source() {
            return "item_vector_length";
        }
    }

    /**
     * How popular the item is with all users: ln(1 + sum of the decayed weights of their events).
     *
     * @param name see {@link Feature#name()}
     */
    record ItemPopularity(String name) implements Feature {
        @Override
        public String source() {
            return "item_popularity";
        }
    }

    /**
     * Clicks over expected clicks of the item, smoothed: above 1 it is clicked more than other
     * items in the places where it is shown.
     *
     * @param name see {@link Feature#name()}
     */
    record ItemClickRate(String name) implements Feature {
        @Override
        public String source() {
            return "item_click_rate";
        }
    }

    /**
     * Decayed weight of what the user did with this very item; 0 when nothing.
     *
     * @param name see {@link Feature#name()}
     */
    record ItemWeight(String name) implements Feature {
        @Override
        public String source() {
            return "item_weight";
        }
    }

    /**
     * Days since the user last did something with this very item; missing when never.
     *
     * @param name see {@link Feature#name()}
     */
    record DaysSinceItem(String name) implements Feature {
        @Override
        public String source() {
            return "days_since_item";
        }
    }

    /**
     * ln(1 + number of the user's events of a type).
     *
     * @param name see {@link Feature#name()}
     * @param type which events
     */
    record EventCount(String name, EventType type) implements Feature {
        @Override
        public String source() {
            return "event_count";
        }
    }

    /**
     * Reads one element of a feature set.
     *
     * @throws InvalidFieldException naming the field at fault
     */
    static Feature parse(JsonNode json) {
        JsonFields fields = JsonFields.of(json, "feature");
        String name = fields.requiredString("name");
        String source = fields.requiredString("source");
        Feature feature = Sources.make(name, source, fields);
        fields.refuseUnknown();
        return feature;
    }

    /** The form that {@link #parse} reads. */
    default ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name());
        json.put("source", source());
        if (this instanceof Affinity affinity) {
            json.put("attribute", affinity.attribute());
        } else if (this instanceof EventCount count) {
            json.put("event", count.type().id());
        }
        return json;
    }

    /** Which source makes which feature. */
    final class Sources {
        private interface Maker {
            Feature make(String name, JsonFields fields);
        }

        private static final Map<String, Maker> BY_NAME = new LinkedHashMap<>();

        static {
            BY_NAME.put("first_pass_score", (name, fields) -> new FirstPassScore(name));
            BY_NAME.put("price", (name, fields) -> new Price(name));
            BY_NAME.put("age", (name, fields) -> new Age(name));
            BY_NAME.put(
                    "affinity",
                    (name, fields) -> new Affinity(name, fields.requiredString("attribute")));
            BY_NAME.put("price_distance", (name, fields) -> new PriceDistance(name));
            BY_NAME.put("interest_dot", (name, fields) -> new InterestDot(name));
            BY_NAME.put("interest_cosine", (name, fields) -> new InterestCosine(name));
            BY_NAME.put("item_vector_length", (name, fields) -> new ItemVectorLength(name));
            BY_NAME.put("item_popularity", (name, fields) -> new ItemPopularity(name));
            BY_NAME.put("item_click_rate", (name, fields) -> new ItemClickRate(name));
            BY_NAME.put("item_weight", (name, fields) -> new ItemWeight(name));
            BY_NAME.put("days_since_item", (name, fields) -> new DaysSinceItem(name));
            BY_NAME.put("event_count", Sources::eventCount);
        }

        private Sources() {}

        private static Feature eventCount(String name, JsonFields fields) {
            String type = fields.requiredString("event");
            return new EventCount(
                    name,
                    EventType.standard(type)
                            .orElseThrow(
                                    () ->
                                            new InvalidFieldException(
                                                    "event",
                                                    "is no event type: ["
                                                            + type
                                                            + "], known are "
                                                            + EventType.ids())));
        }

        private static Feature make(String name, String source, JsonFields fields) {
            Maker maker = BY_NAME.get(source);
            if (maker == null) {
                List<String> known = List.copyOf(BY_NAME.keySet());
                throw new InvalidFieldException(
                        "source",
                        "is not known: ["
                                + source
                                + "]"
                                + NearestName.of(source, known)
                                        .map(near -> ", did you mean [" + near + "]?")
                                        .orElse(", known are " + known));
            }
            return maker.make(name, fields);
        }
    }
}
