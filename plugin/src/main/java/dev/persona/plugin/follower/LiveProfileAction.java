package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalogs;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.ChannelActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.Optional;

/** Asks the follower of a user's events for the profile, if it is ahead of the stored document. */
public final class LiveProfileAction
        extends HandledTransportAction<LiveProfileRequest, LiveProfileResponse> {
    /** Its name. */
    public static final ActionType<LiveProfileResponse> TYPE =
            new ActionType<>("indices:data/read/persona/profile/live");

    /** How long a call waits for the follower to write. */
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(5);

    private static final String ON_PRIMARY = TYPE.name() + "[p]";

    private final TransportService transportService;
    private final Catalogs catalogs;
    private final ProfileFollowers followers;

    /** Made by Elasticsearch. */
    @Inject
    public LiveProfileAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Catalogs catalogs,
            ProfileFollowers followers,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                LiveProfileRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.transportService = transportService;
        this.catalogs = catalogs;
        this.followers = followers;
        transportService.registerRequestHandler(
                ON_PRIMARY,
                threadPool.executor(ThreadPool.Names.GET),
                LiveProfileRequest::new,
                (request, channel, task) -> here(request, new ChannelActionListener<>(channel)));
    }

    @Override
    protected void doExecute(
            Task task, LiveProfileRequest request, ActionListener<LiveProfileResponse> listener) {
        Optional<DiscoveryNode> node = catalogs.primaryNode(shard(request));
        if (node.isEmpty()) {
            // Without a follower nothing is ahead of the documents.
            listener.onResponse(LiveProfileResponse.NONE);
            return;
        }
        transportService.sendRequest(
                node.get(),
                ON_PRIMARY,
                request,
                new ActionListenerResponseHandler<>(
                        listener, LiveProfileResponse::new, EsExecutors.DIRECT_EXECUTOR_SERVICE));
    }

    private ShardId shard(LiveProfileRequest request) {
        return catalogs.eventsShard(
                request.catalog(), catalogs.eventsShardOf(request.catalog(), request.user()));
    }

    private void here(LiveProfileRequest request, ActionListener<LiveProfileResponse> listener) {
        ActionListener.run(
                listener,
                answer -> {
                    Optional<ProfileFollower> follower = followers.find(shard(request));
                    if (follower.isPresent() && request.settle()) {
                        settle(follower.get(), request.user(), answer);
                    } else {
                        answer.onResponse(
                                follower.flatMap(found -> found.ahead(request.user()))
                                        .map(LiveProfileResponse::new)
                                        .orElse(LiveProfileResponse.NONE));
                    }
                });
    }

    private static void settle(
            ProfileFollower follower, String user, ActionListener<LiveProfileResponse> listener) {
        follower.whenWritten(
                follower.lastSeqNo(),
                PATIENCE,
                // Documents that cannot be written just now are read as they are.
                ActionListener.running(
                        () -> {
                            follower.forget(user);
                            listener.onResponse(LiveProfileResponse.NONE);
                        }));
    }
}
