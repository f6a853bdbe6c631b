package dev.persona.plugin.generation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.ranking.signal.TrainingWindow;

import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.test.ESTestCase;

import java.util.OptionalLong;

public class TrainingWindowJsonTests extends ESTestCase {
    private static final long HOUR = 3_600_000;
    private static final ForwardDecay USUAL = new ForwardDecay(30 * 24 * HOUR);

    private static TrainingWindow parse(String body) {
        return TrainingWindowJson.parse(JsonFields.of(Json.readText(body), "body"), USUAL);
    }

    private static ObjectNode written(TrainingWindow window) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        TrainingWindowJson.write(window, json);
        return json;
    }

    public void testWhatIsNotSaidIsAllEventsAsTheCatalogWeighsThem() {
        TrainingWindow all = parse("{}");

        assertEquals(TrainingWindow.all(USUAL), all);
        assertEquals(Json.readText("{\"half_life\":\"30d\",\"min_events\":1}"), written(all));
    }

    public void testItIsReadAsItIsSaid() {
        String body = "{\"window\":\"365d\",\"half_life\":\"36h\",\"min_events\":3}";

        TrainingWindow window = parse(body);

        assertEquals(
                new TrainingWindow(
                        OptionalLong.of(365 * 24 * HOUR), new ForwardDecay(36 * HOUR), 3),
                window);
        assertEquals(Json.readText(body), written(window));
    }

    public void testCardAndWireGiveItBack() throws Exception {
        TrainingWindow window = anyWindow();
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            TrainingWindowJson.write(window, out);
            assertEquals(window, TrainingWindowJson.read(out.bytes().streamInput()));
        }
        assertEquals(window, TrainingWindowJson.read(written(window)));
    }

    private static TrainingWindow anyWindow() {
        return new TrainingWindow(
                randomBoolean()
                        ? OptionalLong.empty()
                        : OptionalLong.of(randomLongBetween(60_000, 36_500 * 24 * HOUR)),
                new ForwardDecay(between(1, 1000) * randomFrom(60_000L, HOUR, 24 * HOUR)),
                between(1, 100));
    }

    public void testWrongValuesAreRefusedByName() {
        assertRefused("[window] must be a time such as 30d, was [soon]", "{\"window\": \"soon\"}");
        assertRefused("[window] must be a time such as 30d, was [30]", "{\"window\": 30}");
        assertRefused("[half_life] must be from 1m to 36500d, was [1s]", "{\"half_life\": \"1s\"}");
        assertRefused("[min_events] must be from 1 to 1000000, was 0", "{\"min_events\": 0}");
    }

    private static void assertRefused(String why, String body) {
        assertEquals(
                why, expectThrows(InvalidFieldException.class, () -> parse(body)).getMessage());
    }
}
