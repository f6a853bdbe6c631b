package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.consent.Blocks;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.ChannelActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.List;
import java.util.Optional;

/** Asks the follower of a user id for its events that are in no document yet. */
public final class PendingEventsAction
        extends HandledTransportAction<PendingEventsRequest, PendingEventsResponse> {
    /** Its name. */
    public static final ActionType<PendingEventsResponse> TYPE =
            new ActionType<>("indices:data/read/persona/profile/pending");

    private static final String ON_PRIMARY = TYPE.name() + "[p]";

    private final TransportService transportService;
    private final Catalogs catalogs;
    private final ProfileFollowers followers;

    /** Made by Elasticsearch. */
    @Inject
    public PendingEventsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Catalogs catalogs,
            ProfileFollowers followers,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                PendingEventsRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.transportService = transportService;
        this.catalogs = catalogs;
        this.followers = followers;
        transportService.registerRequestHandler(
                ON_PRIMARY,
                threadPool.executor(ThreadPool.Names.GET),
                PendingEventsRequest::new,
                (request, channel, task) -> here(request, new ChannelActionListener<>(channel)));
    }

    @Override
    protected void doExecute(
            Task task,
            PendingEventsRequest request,
            ActionListener<PendingEventsResponse> listener) {
        Optional<DiscoveryNode> node = catalogs.primaryNode(shard(request));
        if (node.isEmpty()) {
            // Without a follower nothing is pending.
            listener.onResponse(PendingEventsResponse.NONE);
            return;
        }
        transportService.sendRequest(
                node.get(),
                ON_PRIMARY,
                request,
                new ActionListenerResponseHandler<>(
                        listener, PendingEventsResponse::new, EsExecutors.DIRECT_EXECUTOR_SERVICE));
    }

    private ShardId shard(PendingEventsRequest request) {
        return catalogs.eventsShard(
                request.catalog(), catalogs.eventsShardOf(request.catalog(), request.user()));
    }

    private void here(
            PendingEventsRequest request, ActionListener<PendingEventsResponse> listener) {
        ActionListener.run(
                listener,
                answer -> {
                    Optional<ProfileFollower> follower = followers.find(shard(request));
                    List<NumberedEvent> events =
                            follower.map(found -> found.pending(request.user())).orElse(List.of());
                    if (events.isEmpty()) {
                        answer.onResponse(PendingEventsResponse.NONE);
                        return;
                    }
                    PendingEventsResponse some =
                            new PendingEventsResponse(follower.orElseThrow().eventsUuid(), events);
                    if (request.unknown()) {
                        unlessErased(request, some, answer);
                    } else {
                        answer.onResponse(some);
                    }
                });
    }

    /** Events of who was erased while they were on their way are about to be removed. */
    private void unlessErased(
            PendingEventsRequest request,
            PendingEventsResponse some,
            ActionListener<PendingEventsResponse> listener) {
        followers.find(
                request.catalog(),
                request.user(),
                listener.map(
                        reason ->
                                reason.equals(Optional.of(Blocks.Reason.ERASED))
                                        ? PendingEventsResponse.NONE
                                        : some));
    }
}
