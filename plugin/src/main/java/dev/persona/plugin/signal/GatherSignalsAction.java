package dev.persona.plugin.signal;

import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.loading.GrowingMemory;
import dev.persona.plugin.loading.Memory;
import dev.persona.ranking.signal.SignalBuilder;

import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.NoShardAvailableActionException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.ChannelActionListener;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.TransportActions;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.util.concurrent.ThrottledTaskRunner;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.indices.IndicesService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.node.NodeClosedException;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.ConnectTransportException;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportService;

import java.io.IOException;
import java.util.Iterator;

/**
 * Gathers from one shard of the events, on a node that has a copy of it, what factors are learned
 * from. Should that node go away, another copy is walked.
 */
public final class GatherSignalsAction
        extends HandledTransportAction<GatherSignalsRequest, GatherSignalsResponse> {
    /** Its name. */
    public static final ActionType<GatherSignalsResponse> TYPE =
            new ActionType<>("indices:data/read/persona/signals");

    private static final String ON_SHARD = TYPE.name() + "[s]";
    private static final String SOURCE = "persona_signals";

    private final TransportService transportService;
    private final IndicesService indices;
    private final ThreadPool threadPool;
    private final Catalogs catalogs;
    private final Memory memory;
    private final ThrottledTaskRunner walks;

    /** Made by Elasticsearch. */
    @Inject
    public GatherSignalsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            ClusterService clusterService,
            IndicesService indices,
            ThreadPool threadPool,
            Catalogs catalogs,
            Memory memory) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                GatherSignalsRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.transportService = transportService;
        this.indices = indices;
        this.threadPool = threadPool;
        this.catalogs = catalogs;
        this.memory = memory;
        // Half of the processors, as for all that jobs do: the rest is for searches.
        int atOnce = Math.max(1, EsExecutors.allocatedProcessors(clusterService.getSettings()) / 2);
        this.walks = new ThrottledTaskRunner(SOURCE, atOnce, threadPool.generic());
        transportService.registerRequestHandler(
                ON_SHARD,
                EsExecutors.DIRECT_EXECUTOR_SERVICE,
                GatherSignalsRequest::new,
                (request, channel, task) ->
                        here(request, (GatherTask) task, new ChannelActionListener<>(channel)));
    }

    @Override
    protected void doExecute(
            Task task,
            GatherSignalsRequest request,
            ActionListener<GatherSignalsResponse> listener) {
        ActionListener.run(
                listener,
                l -> {
                    Iterator<DiscoveryNode> copies =
                            catalogs.activeNodes(shard(request)).iterator();
                    if (!copies.hasNext()) {
                        throw new NoShardAvailableActionException(
                                shard(request), "no copy of the events is active now");
                    }
                    ask(task, request, copies, l);
                });
    }

    private void ask(
            Task task,
            GatherSignalsRequest request,
            Iterator<DiscoveryNode> copies,
            ActionListener<GatherSignalsResponse> listener) {
        transportService.sendChildRequest(
                copies.next(),
                ON_SHARD,
                request,
                task,
                TransportRequestOptions.EMPTY,
                new ActionListenerResponseHandler<>(
                        listener.delegateResponse(
                                (l, e) -> {
                                    if (isAway(e) && copies.hasNext()) {
                                        ask(task, request, copies, l);
                                    } else {
                                        l.onFailure(e);
                                    }
                                }),
                        GatherSignalsResponse::new,
                        // A long answer is not read by a transport thread.
                        threadPool.generic()));
    }

    private static boolean isAway(Exception e) {
        Throwable cause = ExceptionsHelper.unwrapCause(e);
        return TransportActions.isShardNotAvailableException(e)
                || cause instanceof ConnectTransportException
                || cause instanceof NodeClosedException;
    }

    private ShardId shard(GatherSignalsRequest request) {
        return catalogs.eventsShard(request.catalog(), request.shard());
    }

    private void here(
            GatherSignalsRequest request,
            GatherTask task,
            ActionListener<GatherSignalsResponse> listener) {
        ActionListener<Releasable> turn =
                listener.delegateFailure(
                        (l, mine) -> {
                            try (mine) {
                                walk(request, task, l);
                            }
                        });
        walks.enqueueTask(
                ContextPreservingActionListener.wrapPreservingContext(
                        turn, threadPool.getThreadContext()));
    }

    private void walk(
            GatherSignalsRequest request,
            GatherTask task,
            ActionListener<GatherSignalsResponse> listener) {
        // Until the answer has been sent.
        GrowingMemory taken = new GrowingMemory(memory, "signals of " + request.getDescription());
        ActionListener.run(
                ActionListener.runAfter(listener, taken::close),
                l -> l.onResponse(new GatherSignalsResponse(gather(request, task, taken).sums())));
    }

    private SignalBuilder gather(GatherSignalsRequest request, GatherTask task, GrowingMemory taken)
            throws IOException {
        task.progress(0, 0);
        ShardId id = shard(request);
        IndexShard shard = indices.indexServiceSafe(id.getIndex()).getShard(id.id());
        SignalBuilder signals =
                new SignalBuilder(
                        catalogs.get(request.catalog()).settings().rules(),
                        request.window(),
                        request.now(),
                        taken);
        // A copy that is active has all that was acknowledged, but not all of it may be searched.
        shard.refresh(SOURCE);
        try (Engine.Searcher searcher = shard.acquireSearcher(SOURCE)) {
            new ShardWalk(task, signals, taken).over(searcher.getIndexReader());
        }
        return signals;
    }
}
