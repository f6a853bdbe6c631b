package dev.persona.plugin.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.task.JobRequest;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.tasks.Task;

import java.util.function.Function;

/**
 * A call that takes long. As with _reindex, {@code wait_for_completion=false} answers at once with
 * the id of a task, whose result GET _tasks/{id} gives when it is done.
 */
public final class RestJob extends RestCall {
    /** A call; see {@link RestCall}. */
    public RestJob(
            String name,
            Route route,
            ActionType<JsonResponse> action,
            Function<RestRequest, ActionRequest> read) {
        super(name, route, action, read);
    }

    @Override
    RestChannelConsumer execute(RestRequest http, ActionRequest request, NodeClient client) {
        if (http.paramAsBoolean("wait_for_completion", true)) {
            return super.execute(http, request, client);
        }
        if (!(request instanceof JobRequest job)) {
            throw new IllegalStateException("not a job: " + request);
        }
        job.storeResult();
        return channel -> {
            Task task = client.executeLocally(action(), request, ActionListener.noop());
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("task", client.getLocalNodeId() + ":" + task.getId());
            new RestToXContentListener<JsonResponse>(channel).onResponse(new JsonResponse(json));
        };
    }
}
