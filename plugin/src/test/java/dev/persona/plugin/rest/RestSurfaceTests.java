package dev.persona.plugin.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.DeleteCatalogAction;
import dev.persona.plugin.catalog.PutCatalogAction;
import dev.persona.plugin.event.EventsAction;
import dev.persona.plugin.event.EventsRequest;
import dev.persona.plugin.factorization.TrainFactorsAction;
import dev.persona.plugin.follower.GetProfileAction;
import dev.persona.plugin.info.GetCatalogAction;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.model.GetModelAction;
import dev.persona.plugin.model.TrainModelAction;
import dev.persona.plugin.segment.GetSegmentsAction;
import dev.persona.plugin.segment.PutSegmentAction;
import dev.persona.plugin.segmentation.TrainSegmentsAction;
import dev.persona.plugin.tag.GetTagsAction;
import dev.persona.plugin.tag.PutTagsAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.profiling.event.EventFormat;

import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.rest.RestRequest.Method;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.rest.FakeRestChannel;
import org.elasticsearch.test.rest.FakeRestRequest;
import org.elasticsearch.test.rest.RestActionTestCase;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentFactory;
import org.elasticsearch.xcontent.XContentType;
import org.junit.Before;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Path, parameters and body of each call arrive in the request of its action. */
public class RestSurfaceTests extends RestActionTestCase {
    private static final BytesReference NO_BODY = BytesArray.EMPTY;

    /** What the caller has been answered, and what the action was asked. */
    private record Call(
            RestStatus status, String answer, ActionType<?> action, ActionRequest request) {}

    @Before
    public void registerAllCalls() {
        RestSurface.calls().forEach(controller()::registerHandler);
    }

    private Call call(
            Method method,
            String path,
            Map<String, String> parameters,
            BytesReference body,
            String contentType) {
        ActionType<?>[] action = new ActionType<?>[1];
        ActionRequest[] asked = new ActionRequest[1];
        JsonResponse answer =
                new JsonResponse(
                        RestStatus.ACCEPTED, JsonNodeFactory.instance.objectNode().put("ok", true));
        verifyingClient.setExecuteVerifier(
                (type, request) -> {
                    action[0] = type;
                    asked[0] = request;
                    return answer;
                });
        verifyingClient.setExecuteLocallyVerifier(
                (type, request) -> {
                    action[0] = type;
                    asked[0] = request;
                    return answer;
                });
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Accept", List.of("application/json"));
        if (body.length() > 0) {
            headers.put("Content-Type", List.of(contentType));
        }
        FakeRestRequest http =
                new FakeRestRequest.Builder(xContentRegistry())
                        .withMethod(method)
                        .withPath(path)
                        .withParams(new HashMap<>(parameters))
                        .withHeaders(headers)
                        .withContent(body, null)
                        .build();
        FakeRestChannel channel = new FakeRestChannel(http, true);
        controller().dispatchRequest(http, channel, new ThreadContext(Settings.EMPTY));
        try (var response = channel.capturedResponse()) {
            return new Call(
                    response.status(), response.content().utf8ToString(), action[0], asked[0]);
        }
    }

    private Call call(Method method, String path) {
        return call(method, path, Map.of(), NO_BODY, "");
    }

    private Call call(Method method, String path, Map<String, String> parameters, String body) {
        return call(method, path, parameters, new BytesArray(body), "application/json");
    }

    public void testACatalogIsPutWithItsBody() {
        Call call = call(Method.PUT, "/products/_persona", Map.of(), "{\"factors\": 8}");

        assertEquals(PutCatalogAction.TYPE, call.action());
        assertEquals(
                new CatalogRequest("products", new BytesArray("{\"factors\": 8}")), call.request());
    }

    public void testNoBodyIsAnEmptyOne() {
        assertEquals(
                new CatalogRequest("products", NO_BODY),
                call(Method.PUT, "/products/_persona").request());
    }

    public void testTheAnswerHasTheStatusThatTheActionGaveIt() {
        Call call = call(Method.GET, "/products/_persona");

        assertEquals(GetCatalogAction.TYPE, call.action());
        assertEquals(RestStatus.ACCEPTED, call.status());
        assertEquals("{\"ok\":true}", call.answer());
    }

    public void testACatalogIsPurgedOnlyWhenSaid() {
        Call keeping = call(Method.DELETE, "/products/_persona");
        Call purging = call(Method.DELETE, "/products/_persona", Map.of("purge", "true"), "");

        assertEquals(DeleteCatalogAction.TYPE, keeping.action());
        assertEquals(new DeleteCatalogAction.Request("products", false), keeping.request());
        assertEquals(new DeleteCatalogAction.Request("products", true), purging.request());
    }

    public void testEventsComeAsJsonOrAsLines() {
        BytesReference body = new BytesArray("{\"type\": \"view\"}\n{\"type\": \"click\"}\n");
        String path = "/products/_persona/events";

        Call json = call(Method.POST, path, Map.of(), body, "application/json; charset=UTF-8");
        Call lines = call(Method.POST, path, Map.of(), body, "application/x-ndjson");
        Call charset =
                call(Method.POST, path, Map.of(), body, "application/x-ndjson;charset=UTF-8");

        assertEquals(EventsAction.TYPE, json.action());
        assertEquals(
                new EventsRequest("products", EventFormat.NATIVE, false, body), json.request());
        assertEquals(
                new EventsRequest("products", EventFormat.NATIVE, true, body), lines.request());
        assertEquals(
                new EventsRequest("products", EventFormat.NATIVE, true, body), charset.request());
    }

    public void testEventsMayBeWrittenInAnotherFormat() {
        String path = "/products/_persona/events";

        Call ubi = call(Method.POST, path, Map.of("format", "ubi"), "{}");
        Call said = call(Method.POST, path, Map.of("format", "native"), "{}");

        assertEquals(
                new EventsRequest("products", EventFormat.UBI, false, new BytesArray("{}")),
                ubi.request());
        assertEquals(
                new EventsRequest("products", EventFormat.NATIVE, false, new BytesArray("{}")),
                said.request());
        Call other = call(Method.POST, path, Map.of("format", "csv"), "{}");
        assertEquals(RestStatus.BAD_REQUEST, other.status());
        assertTrue(
                other.answer(),
                other.answer().contains("[format] must be one of [native, ubi], was [csv]"));
    }

    public void testABodyInAnotherFormatArrivesAsJson() throws IOException {
        XContentType format = randomFrom(XContentType.YAML, XContentType.CBOR, XContentType.SMILE);
        BytesReference body;
        try (XContentBuilder builder = XContentFactory.contentBuilder(format)) {
            body = BytesReference.bytes(builder.startObject().field("factors", 8).endObject());
        }

        Call call =
                call(
                        Method.PUT,
                        "/products/_persona",
                        Map.of(),
                        body,
                        format.mediaTypeWithoutParameters());

        assertEquals(
                Json.readText("{\"factors\": 8}"),
                Json.readBody(((CatalogRequest) call.request()).body()));
    }

    public void testAProfileIsFoundByItsUser() {
        Call call = call(Method.GET, "/products/_persona/profiles/u%2F42%20%C3%A4");

        assertEquals(GetProfileAction.TYPE, call.action());
        assertEquals(new CatalogRequest("products", "u/42 ä", NO_BODY), call.request());
    }

    public void testTagsAreReadAndReplacedUnderTheirCatalog() {
        Call read = call(Method.GET, "/products/_persona/tags");
        Call replaced = call(Method.PUT, "/products/_persona/tags", Map.of(), "{\"tags\": {}}");

        assertEquals(GetTagsAction.TYPE, read.action());
        assertEquals(new CatalogRequest("products", NO_BODY), read.request());
        assertEquals(PutTagsAction.TYPE, replaced.action());
        assertEquals(
                new CatalogRequest("products", new BytesArray("{\"tags\": {}}")),
                replaced.request());
    }

    public void testSegmentsAreFoundShownAndCalledSomething() {
        Call trained =
                call(Method.POST, "/products/_persona/segments/_train", Map.of(), "{\"count\": 3}");
        Call shown = call(Method.GET, "/products/_persona/segments");
        Call called =
                call(Method.PUT, "/products/_persona/segments/s2", Map.of(), "{\"label\": \"x\"}");

        assertEquals(TrainSegmentsAction.TYPE, trained.action());
        assertEquals(
                new JobRequest("products", "", new BytesArray("{\"count\": 3}")),
                trained.request());
        assertEquals(GetSegmentsAction.TYPE, shown.action());
        assertEquals(new CatalogRequest("products", NO_BODY), shown.request());
        assertEquals(PutSegmentAction.TYPE, called.action());
        assertEquals(
                new CatalogRequest("products", "s2", new BytesArray("{\"label\": \"x\"}")),
                called.request());
    }

    public void testJobsNameTheirModelOrNothing() {
        Call factors =
                call(Method.POST, "/products/_persona/factors/_train", Map.of(), "{\"seed\": 2}");
        Call model = call(Method.POST, "/products/_persona/models/best/_train");

        assertEquals(TrainFactorsAction.TYPE, factors.action());
        assertEquals(
                new JobRequest("products", "", new BytesArray("{\"seed\": 2}")), factors.request());
        assertEquals(TrainModelAction.TYPE, model.action());
        assertEquals(new JobRequest("products", "best", NO_BODY), model.request());
        assertEquals(
                GetModelAction.TYPE, call(Method.GET, "/products/_persona/models/best").action());
    }

    public void testWhoDoesNotWaitGetsATaskThatKeepsItsResult() {
        String path = "/products/_persona/factors/_train";

        Call waiting = call(Method.POST, path, Map.of("wait_for_completion", "true"), "");
        Call leaving = call(Method.POST, path, Map.of("wait_for_completion", "false"), "");

        assertFalse(((JobRequest) waiting.request()).getShouldStoreResult());
        assertEquals(RestStatus.ACCEPTED, waiting.status());
        assertTrue(((JobRequest) leaving.request()).getShouldStoreResult());
        assertEquals(TrainFactorsAction.TYPE, leaving.action());
        assertEquals(RestStatus.OK, leaving.status());
        assertTrue(
                leaving.answer(), leaving.answer().matches("\\{\"task\":\"test_node_id:\\d+\"}"));
    }

    public void testAnUnknownParameterIsRefusedWithTheNearestKnownOne() {
        Call purge = call(Method.DELETE, "/products/_persona", Map.of("purje", "true"), "");
        Call wait =
                call(
                        Method.POST,
                        "/products/_persona/factors/_train",
                        Map.of("wait_for_completion", "true", "iterations", "3"),
                        "");

        assertRefused(purge, "unrecognized parameter: [purje] -> did you mean [purge]?");
        assertRefused(wait, "unrecognized parameter: [iterations]");
        for (String path : List.of("/_persona", "/products/_persona")) {
            assertRefused(
                    call(Method.GET, path, Map.of("color", "red"), ""),
                    "unrecognized parameter: [color]");
        }
    }

    public void testABodyThatNobodyReadsIsRefused() {
        assertRefused(
                call(Method.GET, "/products/_persona", Map.of(), "{}"),
                "does not support having a body");
    }

    public void testAParameterThatIsNoBooleanIsRefused() {
        assertRefused(
                call(Method.DELETE, "/products/_persona", Map.of("purge", "yes"), ""), "[yes]");
    }

    private static void assertRefused(Call call, String why) {
        assertEquals(RestStatus.BAD_REQUEST, call.status());
        assertTrue(
                call.answer(),
                Json.readText(call.answer()).path("error").path("reason").asText().contains(why));
        assertNull("the action was called", call.request());
    }
}
