package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much a user cares for each value of each attribute: sums of event weights that fade.
 *
 * <p>An attribute keeps {@value #MOST_VALUES} values. With more, the one that weighs least is
 * forgotten, and begins anew when it comes up again: only then the order of the events matters.
 */
public final class Affinities {
    /** How many values one attribute keeps. */
    static final int MOST_VALUES = 1000;

    /** How many values of one attribute are shown. */
    static final int MOST_SHOWN = 100;

    /** What is left, for each unit, where sums cancel out in another order of the events. */
    private static final double CANCELLED = 1e-13;

    private final Map<String, Values> attributes = new TreeMap<>();

    Affinities() {}

    /** The values of one attribute, from one landmark. */
    private static final class Values {
        /** Sorted, as the order in which numbers are added up shows in the last digit. */
        private final TreeMap<String, Double> sums = new TreeMap<>();

        private long landmark = DecayedSum.NO_LANDMARK;

        void reach(long needed) {
            if (landmark == DecayedSum.NO_LANDMARK) {
                landmark = needed;
            } else if (needed > landmark) {
                double factor = ForwardDecay.move(landmark, needed);
                sums.replaceAll((value, sum) -> sum * factor);
                // An event as old as that would not have been added, had it come later.
                sums.values().removeIf(sum -> sum == 0);
                landmark = needed;
            }
        }

        void add(String value, double weight) {
            if (weight != 0) {
                sums.merge(value, weight, Values::sum);
                if (sums.size() > MOST_VALUES) {
                    forgetTheLeast();
                }
            }
        }

        /** Null, which removes the value, for what cancels out but for the rounding of doubles. */
        private static Double sum(Double a, Double b) {
            double sum = a + b;
            return Math.abs(sum) <= CANCELLED * Math.abs(a) ? null : Double.valueOf(sum);
        }

        private void forgetTheLeast() {
            String least = sums.firstKey();
            double magnitude = Double.POSITIVE_INFINITY;
            for (Map.Entry<String, Double> e : sums.entrySet()) {
                if (Math.abs(e.getValue()) < magnitude) {
                    magnitude = Math.abs(e.getValue());
                    least = e.getKey();
                }
            }
            sums.remove(least);
        }
    }

    void add(String attribute, Iterable<String> found, double weight, ForwardDecay.Moment moment) {
        Values values = attributes.computeIfAbsent(attribute, name -> new Values());
        values.reach(moment.landmark());
        double scaled = weight * moment.scaleFrom(values.landmark);
        for (String value : found) {
            values.add(value, scaled);
        }
        if (values.sums.isEmpty()) {
            attributes.remove(attribute);
        }
    }

    void absorb(Affinities other) {
        other.attributes.forEach(
                (attribute, theirs) -> {
                    Values values = attributes.computeIfAbsent(attribute, name -> new Values());
                    values.reach(theirs.landmark);
                    double factor = ForwardDecay.move(theirs.landmark, values.landmark);
                    theirs.sums.forEach((value, sum) -> values.add(value, sum * factor));
                    if (values.sums.isEmpty()) {
                        attributes.remove(attribute);
                    }
                });
    }

    /** The attributes of which values have been met. */
    public Iterable<String> attributes() {
        return Collections.unmodifiableSet(attributes.keySet());
    }

    /**
     * The sums of an attribute by value, from a landmark of that attribute: they can be compared
     * with each other and with {@link #positive}, and {@link #at} gives them for a time. Empty when
     * there are none.
     */
    public Map<String, Double> of(String attribute) {
        Values values = attributes.get(attribute);
        return values == null ? Map.of() : Collections.unmodifiableMap(values.sums);
    }

    /** The sum of the weights of one value, faded to a time; 0 for what has not been met. */
    public double at(String attribute, String value, long now, ForwardDecay decay) {
        Values values = attributes.get(attribute);
        return values == null
                ? 0
                : decay.at(values.sums.getOrDefault(value, 0.0), values.landmark, now);
    }

    /**
     * The sum over the values that the user rather likes: what a share is a share of. From the same
     * landmark as {@link #of}.
     *
     * @return at least 0
     */
    public double positive(String attribute) {
        double total = 0;
        for (double sum : of(attribute).values()) {
            total += Math.max(sum, 0);
        }
        return total;
    }

    /**
     * The values of an attribute that the user likes most, the dearest first; of equally dear ones
     * the first by the alphabet. They do not change with time, as all of them fade alike.
     *
     * @param most how many at most
     */
    public List<String> dearest(String attribute, int most) {
        List<Map.Entry<String, Double>> dearest = new ArrayList<>(most + 1);
        for (Map.Entry<String, Double> value : of(attribute).entrySet()) {
            int place = dearest.size();
            while (place > 0 && dearest.get(place - 1).getValue() < value.getValue()) {
                place--;
            }
            if (value.getValue() > 0 && place < most) {
                dearest.add(place, value);
                if (dearest.size() > most) {
                    dearest.removeLast();
                }
            }
        }
        return dearest.stream().map(Map.Entry::getKey).toList();
    }

    void write(JsonGenerator json) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("affinities");
        for (Map.Entry<String, Values> attribute : attributes.entrySet()) {
            json.writeObjectFieldStart(attribute.getKey());
            json.writeNumberField("landmark", attribute.getValue().landmark);
            json.writeObjectFieldStart("sums");
            for (Map.Entry<String, Double> e : attribute.getValue().sums.entrySet()) {
                json.writeNumberField(e.getKey(), e.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    void read(JsonNode json) {
        for (Map.Entry<String, JsonNode> attribute : json.properties()) {
            Values values = new Values();
            values.landmark = attribute.getValue().path("landmark").asLong();
            for (Map.Entry<String, JsonNode> e : attribute.getValue().path("sums").properties()) {
                values.sums.put(e.getKey(), e.getValue().asDouble());
            }
            attributes.put(attribute.getKey(), values);
        }
    }

    /** The dearest first. */
    ObjectNode shown(long now, ForwardDecay decay) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        attributes.forEach(
                (attribute, values) -> {
                    ObjectNode sums = JsonNodeFactory.instance.objectNode();
                    values.sums.entrySet().stream()
                            .map(
                                    e ->
                                            Map.entry(
                                                    e.getKey(),
                                                    Rounded.of(
                                                            decay.at(
                                                                    e.getValue(),
                                                                    values.landmark,
                                                                    now))))
                            .sorted(
                                    Comparator.<Map.Entry<String, Double>>comparingDouble(
                                                    e -> -Math.abs(e.getValue()))
                                            .thenComparing(Map.Entry::getKey))
                            .limit(MOST_SHOWN)
                            .sorted(
                                    Map.Entry.<String, Double>comparingByValue()
                                            .reversed()
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .forEach(e -> sums.put(e.getKey(), e.getValue()));
                    if (!sums.isEmpty()) {
                        json.set(attribute, sums);
                    }
                });
        return json;
    }
}
