package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalogs;

import org.apache.lucene.store.AlreadyClosedException;
import org.elasticsearch.ElasticsearchTimeoutException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.ChannelActionListener;
import org.elasticsearch.action.support.GroupedActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.ListenerTimeouts;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Waits for what some shards of the events hold when it is called: until it is durable, until the
 * followers have it in the profiles, or until they have written these. A shard that moves meanwhile
 * is asked again where it is then.
 */
public final class AwaitEventsAction
        extends HandledTransportAction<AwaitEventsRequest, AwaitEventsResponse> {
    /** Its name. */
    public static final ActionType<AwaitEventsResponse> TYPE =
            new ActionType<>("indices:data/write/persona/events/await");

    private static final String ON_PRIMARY = TYPE.name() + "[p]";
    private static final TimeValue AGAIN = TimeValue.timeValueMillis(100);

    private final TransportService transportService;
    private final Catalogs catalogs;
    private final ProfileFollowers followers;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public AwaitEventsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Catalogs catalogs,
            ProfileFollowers followers,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                AwaitEventsRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.transportService = transportService;
        this.catalogs = catalogs;
        this.followers = followers;
        this.threadPool = threadPool;
        transportService.registerRequestHandler(
                ON_PRIMARY,
                threadPool.executor(ThreadPool.Names.MANAGEMENT),
                AwaitEventsRequest::new,
                (request, channel, task) ->
                        onPrimary(request, new ChannelActionListener<>(channel)));
    }

    @Override
    protected void doExecute(
            Task task, AwaitEventsRequest request, ActionListener<AwaitEventsResponse> listener) {
        if (request.shards().length == 0) {
            listener.onResponse(new AwaitEventsResponse(Map.of()));
            return;
        }
        ActionListener<AwaitEventsResponse> inTime =
                ListenerTimeouts.wrapWithTimeout(
                        threadPool,
                        request.timeout(),
                        threadPool.generic(),
                        listener,
                        late ->
                                listener.onFailure(
                                        new ElasticsearchTimeoutException(
                                                "the events were not {} within [{}]",
                                                request.until(),
                                                request.timeout())));
        long end = threadPool.relativeTimeInMillis() + request.timeout().millis();
        GroupedActionListener<AwaitEventsResponse> all =
                new GroupedActionListener<>(
                        request.shards().length,
                        inTime.map(
                                answers -> {
                                    Map<Integer, Long> reached = new HashMap<>();
                                    for (int shard : request.shards()) {
                                        for (AwaitEventsResponse answer : answers) {
                                            reached.merge(shard, answer.reached(shard), Math::max);
                                        }
                                    }
                                    return new AwaitEventsResponse(reached);
                                }));
        for (int shard : request.shards()) {
            ask(request.ofShard(shard), end, all);
        }
    }

    private void ask(
            AwaitEventsRequest request, long end, ActionListener<AwaitEventsResponse> listener) {
        ActionListener<AwaitEventsResponse> answered =
                ActionListener.wrap(
                        listener::onResponse,
                        e -> {
                            if (threadPool.relativeTimeInMillis() + AGAIN.millis() > end) {
                                listener.onFailure(
                                        new ElasticsearchTimeoutException(
                                                "the events were not {} in time",
                                                e,
                                                request.until()));
                            } else {
                                threadPool.schedule(
                                        () -> ask(request, end, listener),
                                        AGAIN,
                                        threadPool.generic());
                            }
                        });
        ActionListener.run(
                answered,
                answer -> {
                    Optional<DiscoveryNode> node = catalogs.primaryNode(shard(request));
                    transportService.sendRequest(
                            node.orElseThrow(
                                    () ->
                                            new AlreadyClosedException(
                                                    "the shard has no primary now")),
                            ON_PRIMARY,
                            request,
                            new ActionListenerResponseHandler<>(
                                    answer, AwaitEventsResponse::new, threadPool.generic()));
                });
    }

    private ShardId shard(AwaitEventsRequest request) {
        return catalogs.eventsShard(request.catalog(), request.shards()[0]);
    }

    private void onPrimary(
            AwaitEventsRequest request, ActionListener<AwaitEventsResponse> listener) {
        ActionListener.run(
                listener,
                answer -> {
                    ShardId shard = shard(request);
                    ProfileFollower follower =
                            followers
                                    .find(shard)
                                    .orElseThrow(
                                            () ->
                                                    new AlreadyClosedException(
                                                            "nobody follows " + shard + " here"));
                    long last = follower.lastSeqNo();
                    ActionListener<Void> reached =
                            answer.map(done -> new AwaitEventsResponse(Map.of(shard.id(), last)));
                    switch (request.until()) {
                        case DURABLE -> follower.whenDurable(last, request.timeout(), reached);
                        case APPLIED -> follower.whenApplied(last, request.timeout(), reached);
                        case WRITTEN -> follower.whenWritten(last, request.timeout(), reached);
                    }
                });
    }
}
