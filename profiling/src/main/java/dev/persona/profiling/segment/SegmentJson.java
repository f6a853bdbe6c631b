package dev.persona.profiling.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Segments as JSON: a model as it is stored, and descriptions as they are shown. */
public final class SegmentJson {
    private static final double DECIMALS = 1e4;

    private SegmentJson() {}

    /** The whole model as one object; {@link #read} gives back one that tells the same segments. */
    public static ObjectNode toJson(SegmentModel model) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("generation", model.generation());
        json.put("next", model.next());
        ArrayNode behaviours = json.putArray("behaviours");
        Behaviour.ids().forEach(behaviours::add);
        Standardization standardization = model.standardization();
        ArrayNode means = json.putArray("means");
        ArrayNode deviations = json.putArray("deviations");
        for (int i = 0; i < standardization.dimensions(); i++) {
            means.add(standardization.mean(i));
            deviations.add(standardization.deviation(i));
        }
        ArrayNode segments = json.putArray("segments");
        for (int i = 0; i < model.segments().size(); i++) {
            write(model, i, segments.addObject());
        }
        return json;
    }

    private static void write(SegmentModel model, int index, ObjectNode json) {
        Segment segment = model.segments().get(index);
        json.put("name", segment.name());
        segment.label().ifPresent(label -> json.put("label", label));
        json.put("size", segment.size());
        ArrayNode centre = json.putArray("centre");
        int dimensions = model.centres().dimensions();
        for (int i = index * dimensions; i < (index + 1) * dimensions; i++) {
            // As a double: written out in full, so that no digit is lost on the way back.
            centre.add((double) model.centres().values()[i]);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws InvalidFieldException naming what is wrong: such a model tells no segments, and a new
     *     training makes another
     */
    public static SegmentModel read(JsonNode json) {
        JsonFields fields = JsonFields.of(json, "segment_model");
        int generation = required(fields, "generation", 0);
        int next = required(fields, "next", 1);
        requireBehaviours(fields.strings("behaviours"));
        float[] means = fields.floats("means");
        float[] deviations = fields.floats("deviations");
        JsonNode list = fields.any("segments").orElseThrow(() -> fields.missing("segments"));
        fields.refuseUnknown();
        List<Segment> segments = new ArrayList<>();
        float[] centres = new float[list.size() * means.length];
        for (int i = 0; i < list.size(); i++) {
            segments.add(segment(list.get(i), i, means.length, centres));
        }
        return checked(
                "segment_model",
                () ->
                        new SegmentModel(
                                new Standardization(means, deviations),
                                new Centres(means.length, centres),
                                segments,
                                generation,
                                next));
    }

    /** Numbers of other behaviours would be taken for these. */
    private static void requireBehaviours(List<String> behaviours) {
        if (!behaviours.equals(Behaviour.ids())) {
            throw new InvalidFieldException(
                    "behaviours", "must be " + Behaviour.ids() + ", was " + behaviours);
        }
    }

    private static int required(JsonFields fields, String name, int least) {
        return fields.integer(name, least, Integer.MAX_VALUE)
                .orElseThrow(() -> fields.missing(name));
    }

    private static Segment segment(JsonNode json, int index, int dimensions, float[] centres) {
        String path = "segments[" + index + "]";
        try {
            JsonFields fields = JsonFields.of(json, "");
            String name = fields.requiredString("name");
            Optional<String> label = fields.string("label");
            int size = required(fields, "size", 0);
            float[] centre = fields.floats("centre");
            fields.refuseUnknown();
            if (centre.length != dimensions) {
                throw new InvalidFieldException(
                        "centre", "must be " + dimensions + " numbers, were " + centre.length);
            }
            System.arraycopy(centre, 0, centres, index * dimensions, dimensions);
            return checked("", () -> new Segment(name, label, size));
        } catch (InvalidFieldException e) {
            throw new InvalidFieldException(
                    e.field().isEmpty() ? path : path + "." + e.field(), e.reason());
        }
    }

    private static <T> T checked(String field, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, e.getMessage());
        }
    }

    /** A description for people. */
    public static ObjectNode shown(SegmentDescription description) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", description.name());
        description.label().ifPresent(label -> json.put("label", label));
        json.put("size", description.size());
        json.put("share", rounded(description.share()));
        ArrayNode attributes = json.putArray("attributes");
        for (SegmentDescription.AttributeValue value : description.attributes()) {
            ObjectNode one = attributes.addObject();
            one.put("attribute", value.attribute());
            one.put("value", value.value());
            show(value.shares(), one);
        }
        description.price().ifPresent(price -> show(price, json.putObject("price")));
        ArrayNode tags = json.putArray("tags");
        for (SegmentDescription.Tag tag : description.tags()) {
            ObjectNode one = tags.addObject();
            one.put("tag", tag.tag());
            show(tag.shares(), one);
        }
        ArrayNode behaviours = json.putArray("behaviours");
        for (SegmentDescription.Difference difference : description.behaviours()) {
            ObjectNode one = behaviours.addObject();
            one.put("behaviour", difference.behaviour().id());
            one.put("deviations", rounded(difference.deviations()));
        }
        return json;
    }

    private static void show(SegmentDescription.Shares shares, ObjectNode json) {
        json.put("share", rounded(shares.within()));
        json.put("overall", rounded(shares.overall()));
        json.put("lift", rounded(shares.lift()));
    }

    private static void show(SegmentDescription.PriceLevel price, ObjectNode json) {
        json.put("mean", rounded(price.within()));
        json.put("overall", rounded(price.overall()));
        json.put("ratio", rounded(price.ratio()));
    }

    private static double rounded(double value) {
        return Math.rint(value * DECIMALS) / DECIMALS;
    }
}
