package dev.persona.plugin.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class JsonResponseTests extends AbstractWireSerializingTestCase<JsonResponse> {
    @Override
    protected Writeable.Reader<JsonResponse> instanceReader() {
        return JsonResponse::new;
    }

    @Override
    protected JsonResponse createTestInstance() {
        return new JsonResponse(randomFrom(RestStatus.values()), randomObject());
    }

    private static ObjectNode randomObject() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("took", randomNonNegativeLong());
        json.put("ratio", randomDouble());
        json.put("user", randomUnicodeOfLengthBetween(0, 10));
        json.putObject("state").putArray("followers").addNull().add(randomBoolean());
        return json;
    }

    @Override
    protected JsonResponse mutateInstance(JsonResponse response) {
        if (randomBoolean()) {
            RestStatus other =
                    randomValueOtherThan(response.status(), () -> randomFrom(RestStatus.values()));
            return new JsonResponse(other, response.json());
        }
        ObjectNode json = response.json().deepCopy();
        return new JsonResponse(response.status(), json.put("more", true));
    }

    public void testItIsShownAsItWasMade() {
        ObjectNode json = randomObject();

        assertEquals(json, Json.readText(Strings.toString(new JsonResponse(json))));
    }
}
