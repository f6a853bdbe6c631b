package dev.persona.plugin.rest;

import dev.persona.plugin.json.JsonResponse;

import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.XContentType;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** One call of the REST surface: reads the request and hands it to its action. */
public class RestCall extends BaseRestHandler {
    private final String name;
    private final Route route;
    private final ActionType<JsonResponse> action;
    private final Function<RestRequest, ActionRequest> read;

    /**
     * A call.
     *
     * @param name name in usage statistics
     * @param read makes the action's request; what parameters it does not read are refused
     */
    public RestCall(
            String name,
            Route route,
            ActionType<JsonResponse> action,
            Function<RestRequest, ActionRequest> read) {
        this.name = name;
        this.route = route;
        this.action = action;
        this.read = read;
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final List<Route> routes() {
        return List.of(route);
    }

    @Override
    protected final RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return execute(request, read.apply(request), client);
    }

    /** Sends the request; a long job does more than that. */
    RestChannelConsumer execute(RestRequest http, ActionRequest request, NodeClient client) {
        return channel ->
                client.execute(
                        action,
                        request,
                        new RestToXContentListener<>(channel, JsonResponse::status));
    }

    final ActionType<JsonResponse> action() {
        return action;
    }

    /** The body as JSON bytes that outlive the HTTP request; empty when there is none. */
    public static BytesReference body(RestRequest request) {
        if (!request.hasContent()) {
            return BytesArray.EMPTY;
        }
        XContentType type = request.getXContentType();
        if (type == null || type.canonical() == XContentType.JSON) {
            return new BytesArray(BytesReference.toBytes(request.content()));
        }
        try {
            return new BytesArray(XContentHelper.convertToJson(request.content(), false, type));
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is not valid " + type, e);
        }
    }
}
