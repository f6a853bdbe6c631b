package dev.persona.plugin.rest;

import dev.persona.plugin.json.NodesReport;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestActions;

import java.util.List;
import java.util.function.Function;

/** A call that goes to all nodes. */
public final class RestNodesCall extends BaseRestHandler {
    private final String name;
    private final Route route;
    private final ActionType<NodesReport> action;
    private final Function<RestRequest, BaseNodesRequest> read;

    /**
     * A call.
     *
     * @param name name in usage statistics
     * @param read makes the action's request
     */
    public RestNodesCall(
            String name,
            Route route,
            ActionType<NodesReport> action,
            Function<RestRequest, BaseNodesRequest> read) {
        this.name = name;
        this.route = route;
        this.action = action;
        this.read = read;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public List<Route> routes() {
        return List.of(route);
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        BaseNodesRequest nodes = read.apply(request);
        return channel ->
                client.execute(action, nodes, new RestActions.NodesResponseRestListener<>(channel));
    }
}
