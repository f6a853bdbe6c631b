package dev.persona.profiling.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.json.InvalidFieldException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

class SegmentJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final SegmentUsers USERS = new Crowd(40, 4, 6).users(400);

    private static SegmentModel model() {
        return Crowd.train(USERS, 4, 1).withLabel("s3", Optional.of("gift hunters"));
    }

    @Test
    void aModelThatWasStoredTellsTheSameSegments() throws JsonProcessingException {
        SegmentModel model = model();
        JsonNode json = JSON.readTree(SegmentJson.toJson(model).toString());
        SegmentModel read = SegmentJson.read(json);

        assertEquals(model.segments(), read.segments());
        assertEquals(model.next(), read.next());
        assertEquals(1, read.generation());
        assertEquals(6, read.factors());
        assertArrayEquals(model.centres().values(), read.centres().values());
        assertArrayEquals(Crowd.assigned(model, USERS), Crowd.assigned(read, USERS));
        assertEquals(json.toString(), SegmentJson.toJson(read).toString());
    }

    private static void assertRefused(Consumer<ObjectNode> damage, String field, String word) {
        ObjectNode json = SegmentJson.toJson(model());
        damage.accept(json);
        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> SegmentJson.read(json));
        assertEquals(field, e.field());
        assertTrue(e.reason().contains(word), e.reason());
    }

    private static ObjectNode second(ObjectNode json) {
        return (ObjectNode) json.get("segments").get(1);
    }

    @Test
    void aModelWithSomethingMissingIsRefused() {
        for (String field : List.of("generation", "next", "segments")) {
            assertRefused(json -> json.remove(field), field, "required");
        }
        for (String field : List.of("name", "size")) {
            assertRefused(json -> second(json).remove(field), "segments[1]." + field, "required");
        }
        assertRefused(json -> json.remove("means"), "segments[0].centre", "must be 0 numbers");
        assertRefused(json -> json.remove("deviations"), "segment_model", "[deviations]");
        assertRefused(json -> second(json).remove("centre"), "segments[1].centre", "25 numbers");
        assertRefused(
                json -> ((ArrayNode) json.get("segments")).removeAll(),
                "segment_model",
                "[segments] must be between 2 and 100, were 0");
    }

    @Test
    void aModelOfOtherBehavioursIsRefused() {
        assertRefused(
                json -> ((ArrayNode) json.get("behaviours")).set(0, "glances"),
                "behaviours",
                "glances");
        assertRefused(json -> json.remove("behaviours"), "behaviours", "views");
    }

    @Test
    void aModelOfNumbersThatAreNoneIsRefused() {
        assertRefused(
                json -> ((ArrayNode) json.get("means")).set(2, Double.POSITIVE_INFINITY),
                "means",
                "finite");
        assertRefused(
                json -> ((ArrayNode) json.get("deviations")).set(2, -0.5),
                "segment_model",
                "at least 0, one was -0.5");
        assertRefused(
                json -> ((ArrayNode) second(json).get("centre")).set(2, "NaN"),
                "segments[1].centre",
                "number");
        assertRefused(
                json -> ((ArrayNode) second(json).get("centre")).set(2, 1e99),
                "segments[1].centre",
                "32-bit");
    }

    @Test
    void aModelWhosePartsDoNotGoTogetherIsRefused() {
        assertRefused(
                json -> second(json).put("name", "s1"), "segment_model", "[s1] stands for two");
        assertRefused(json -> json.put("next", 4), "segment_model", "above the number of [s4]");
        assertRefused(json -> json.put("generation", 0), "segment_model", "[generation]");
        assertRefused(json -> second(json).put("name", "x1"), "segments[1]", "[x1]");
        assertRefused(json -> second(json).put("label", "   "), "segments[1]", "[label]");
        assertRefused(json -> second(json).put("size", -1), "segments[1].size", "-1");
        assertRefused(
                json -> ((ArrayNode) json.get("segments")).set(1, "s1"), "segments[1]", "object");
    }

    @Test
    void whatNobodyWroteIsRefused() {
        assertRefused(json -> json.put("nxt", 4), "nxt", "[next]");
        assertRefused(json -> second(json).put("names", "x"), "segments[1].names", "[name]");
        assertThrows(
                InvalidFieldException.class,
                () -> SegmentJson.read(JSON.getNodeFactory().arrayNode()));
    }

    @Test
    void aDescriptionIsShownWithItsFiguresRounded() throws JsonProcessingException {
        SegmentDescription description =
                new SegmentDescription(
                        "s2",
                        Optional.of("gift hunters"),
                        30,
                        1 / 3.0,
                        List.of(
                                new SegmentDescription.AttributeValue(
                                        "brand", "acme", new SegmentDescription.Shares(0.5, 0.2))),
                        Optional.of(new SegmentDescription.PriceLevel(20, 40)),
                        List.of(
                                new SegmentDescription.Tag(
                                        "night_owl", new SegmentDescription.Shares(0.9, 0.3))),
                        List.of(new SegmentDescription.Difference(Behaviour.PURCHASES, -1.23456)));

        JsonNode expected =
                JSON.readTree(
                        """
                        {"name": "s2", "label": "gift hunters", "size": 30, "share": 0.3333,
                         "attributes": [{"attribute": "brand", "value": "acme", "share": 0.5,
                           "overall": 0.2, "lift": 2.5}],
                         "price": {"mean": 20.0, "overall": 40.0, "ratio": 0.5},
                         "tags": [{"tag": "night_owl", "share": 0.9, "overall": 0.3, "lift": 3.0}],
                         "behaviours": [{"behaviour": "purchases", "deviations": -1.2346}]}
                        """);
        assertEquals(expected, JSON.readTree(SegmentJson.shown(description).toString()));
    }
}
