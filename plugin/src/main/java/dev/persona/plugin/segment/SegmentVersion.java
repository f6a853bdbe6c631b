package dev.persona.plugin.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.segment.Segment;
import dev.persona.profiling.segment.SegmentDescription;
import dev.persona.profiling.segment.SegmentJson;
import dev.persona.profiling.segment.SegmentModel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Segments as they are stored. What is stored under a number never changes.
 *
 * @param model tells the segment of a user
 * @param card when and how it was made, and what each segment is like
 * @param favourites items that the users of each segment take to, by its name, the greatest first
 */
public record SegmentVersion(
        SegmentModel model, ObjectNode card, Map<String, List<String>> favourites) {
    /** What the documents are told from others of the state index by. */
    static final String KIND = "segments";

    private static final String KIND_FIELD = "kind";
    private static final String VERSION = "version";
    private static final String MODEL = "segment_model";
    private static final String SEGMENTS = "segments";
    private static final String FAVOURITES = "favourites";

    /** An id of an item in a list. */
    private static final long BYTES_PER_FAVOURITE = 80;

    /**
     * A version that a training has made.
     *
     * @param how what there is to say of the training
     */
    public static SegmentVersion of(
            SegmentModel model,
            ObjectNode how,
            List<SegmentDescription> descriptions,
            Map<String, List<String>> favourites) {
        ObjectNode card = how.deepCopy();
        ArrayNode segments = card.putArray(SEGMENTS);
        descriptions.forEach(description -> segments.add(SegmentJson.shown(description)));
        return new SegmentVersion(model, card, favourites);
    }

    /** About the bytes of heap that it takes up. */
    long bytes() {
        return model.bytes()
                + BYTES_PER_FAVOURITE * favourites.values().stream().mapToInt(List::size).sum();
    }

    /** The same segments, with another model that tells them. */
    public SegmentVersion withModel(SegmentModel other) {
        return new SegmentVersion(other, card, favourites);
    }

    ObjectNode toJson(int version) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(KIND_FIELD, KIND);
        json.put(VERSION, version);
        json.setAll(card);
        json.set(MODEL, SegmentJson.toJson(model));
        ObjectNode items = json.putObject(FAVOURITES);
        favourites.forEach((name, ids) -> ids.forEach(items.putArray(name)::add));
        return json;
    }

    /**
     * Reads a document's source; empty when the model is of a kind that this version of the plugin
     * does not know, which tells no segments.
     */
    static Optional<SegmentVersion> read(JsonNode json) {
        ObjectNode card = json.deepCopy();
        card.remove(List.of(KIND_FIELD, VERSION, MODEL, FAVOURITES));
        Map<String, List<String>> favourites = new HashMap<>();
        for (Map.Entry<String, JsonNode> segment : json.path(FAVOURITES).properties()) {
            List<String> items = new ArrayList<>();
            segment.getValue().forEach(item -> items.add(item.asText()));
            favourites.put(segment.getKey(), items);
        }
        try {
            return Optional.of(
                    new SegmentVersion(SegmentJson.read(json.path(MODEL)), card, favourites));
        } catch (InvalidFieldException e) {
            return Optional.empty();
        }
    }

    /**
     * What people are shown.
     *
     * @param version the number that it is stored under
     */
    public ObjectNode shown(int version) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(VERSION, version);
        json.setAll(card.deepCopy());
        ArrayNode segments = json.putArray(SEGMENTS);
        Map<String, Segment> byName = new HashMap<>();
        model.segments().forEach(segment -> byName.put(segment.name(), segment));
        for (JsonNode description : card.path(SEGMENTS)) {
            segments.add(labelled(description, byName.get(description.path("name").asText())));
        }
        return json;
    }

    private static ObjectNode labelled(JsonNode description, Segment segment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", segment.name());
        segment.label().ifPresent(label -> json.put("label", label));
        ObjectNode rest = description.deepCopy();
        rest.remove(List.of("name", "label"));
        return json.setAll(rest);
    }
}
