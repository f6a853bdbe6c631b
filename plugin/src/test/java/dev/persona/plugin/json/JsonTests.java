package dev.persona.plugin.json;

import com.fasterxml.jackson.databind.JsonNode;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentType;

import java.util.List;

public class JsonTests extends ESTestCase {
    private static final String TEXT =
            """
            {"id":"caf\u00e9","none":null,"yes":true,"count":9007199254740993,"ratio":0.1,\
            "list":[1,2.5,"x",{}],"deep":{"id":{"id":-7}}}""";

    public void testSmileIsReadBackAsItWas() {
        JsonNode json = Json.readText(TEXT);

        assertEquals(json, Json.readStored(new BytesArray(Json.smile(json))));
        assertEquals(json, Json.readStored(new BytesArray(Json.bytes(json))));
    }

    public void testElasticsearchReadsSmileAsTheSameJson() throws Exception {
        BytesReference smile = new BytesArray(Json.smile(Json.readText(TEXT)));

        String shown = XContentHelper.convertToJson(smile, false, XContentType.SMILE);

        assertEquals(Json.readText(TEXT), Json.readText(shown));
    }

    public void testWhatWritesItselfWritesTheSameAsItsTree() {
        byte[] written =
                Json.smile(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("user", "u1");
                            json.writeNumberField("weight", 0.3);
                            json.writeEndObject();
                        });

        assertEquals(
                Json.readText("{\"user\": \"u1\", \"weight\": 0.3}"),
                Json.readStored(new BytesArray(written)));
    }

    public void testTextsOfOneArrayAreReadWithoutTheRest() {
        JsonNode json =
                Json.readText(
                        """
                        {"deep": {"items": ["no"]}, "list": [["items"]], "items": ["b", "a", "b"],
                         "last": [1]}
                        """);

        for (byte[] stored : List.of(Json.smile(json), Json.bytes(json))) {
            assertEquals(List.of("b", "a", "b"), Json.storedTexts(new BytesArray(stored), "items"));
            assertEquals(List.of(), Json.storedTexts(new BytesArray(stored), "deep"));
            assertEquals(List.of(), Json.storedTexts(new BytesArray(stored), "missing"));
        }
    }
}
