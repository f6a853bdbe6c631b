package dev.persona.plugin.event;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.consent.BlockList;
import dev.persona.plugin.follower.AwaitEventsAction;
import dev.persona.plugin.follower.AwaitEventsRequest;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventBatch;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.ElasticsearchTimeoutException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes events in. Each is validated by itself, refused if its user objects, joined with the facts
 * of its item, and created under its id in the events index, routed by user. The answer comes when
 * Elasticsearch has them durably, and on demand when they are in the profiles.
 */
public final class EventsAction extends HandledTransportAction<EventsRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/write/persona/events");

    private final Client client;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;
    private final BlockList blocks;
    private final ItemFactsReader facts;
    private final EventStore store;
    private final EventCounters counters;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public EventsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            BlockList blocks,
            EventCounters counters,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                EventsRequest::new,
                threadPool.executor(ThreadPool.Names.WRITE));
        this.client = client;
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
        this.blocks = blocks;
        this.facts = new ItemFactsReader(client, catalogs);
        this.store = new EventStore(client, catalogs);
        this.counters = counters;
        this.threadPool = threadPool;
    }

    @Override
    protected void doExecute(
            Task task, EventsRequest request, ActionListener<JsonResponse> listener) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        EventOutcomes outcomes = new EventOutcomes(read(catalog, request));
        SubscribableListener.<Void>newForked(l -> block(catalog, outcomes, l))
                .<Void>andThen(l -> join(catalog, outcomes, l))
                .<Void>andThen(l -> store.create(catalog, outcomes, l))
                .<Boolean>andThen(l -> awaitProfiles(catalog, request, outcomes, l))
                .<JsonResponse>andThenApply(
                        applied -> {
                            long took = threadPool.relativeTimeInMillis() - started;
                            counters.call(catalog.name(), took);
                            outcomes.count(result -> counters.event(catalog.name(), result));
                            return outcomes.answer(took, applied);
                        })
                .addListener(listener);
    }

    private List<EventBatch.Received> read(Catalog catalog, EventsRequest request) {
        try {
            List<EventBatch.Received> batch =
                    EventBatch.read(
                            BytesReference.toBytes(request.body()),
                            request.format(),
                            request.lines(),
                            catalog.settings().eventRules(),
                            // The pool's own clock stands still for 200 ms at a time: what a user
                            // does twice within them would be one event.
                            System.currentTimeMillis(),
                            catalog.storedNames(pseudonyms));
            if (batch.isEmpty()) {
                throw new InvalidFieldException("body", "must hold an event");
            }
            return batch;
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
    }

    /** Refuses events of those who object, or have been erased. */
    private void block(Catalog catalog, EventOutcomes outcomes, ActionListener<Void> listener) {
        Set<String> users = outcomes.open().stream().map(Event::user).collect(Collectors.toSet());
        if (users.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        blocks.find(
                client,
                catalog.name(),
                users,
                listener.map(
                        reasons -> {
                            if (!reasons.isEmpty()) {
                                outcomes.refuse(reasons);
                            }
                            return null;
                        }));
    }

    private void join(Catalog catalog, EventOutcomes outcomes, ActionListener<Void> listener) {
        facts.read(
                catalog,
                outcomes.open(),
                listener.map(
                        known -> {
                            outcomes.join(known);
                            return null;
                        }));
    }

    /** Gives whether the events are in the profiles; true too when nobody asked. */
    private void awaitProfiles(
            Catalog catalog,
            EventsRequest request,
            EventOutcomes outcomes,
            ActionListener<Boolean> listener) {
        if (request.awaitProfiles().isEmpty()) {
            listener.onResponse(true);
            return;
        }
        TimeValue timeout = request.awaitProfiles().get();
        Set<Integer> shards = new TreeSet<>();
        outcomes.stored()
                .forEach(event -> shards.add(catalogs.eventsShardOf(catalog.name(), event.user())));
        client.execute(
                AwaitEventsAction.TYPE,
                new AwaitEventsRequest(
                        catalog.name(), shards, AwaitEventsRequest.Until.APPLIED, timeout),
                ActionListener.wrap(
                        done -> listener.onResponse(true),
                        e -> {
                            if (ExceptionsHelper.unwrapCause(e)
                                    instanceof ElasticsearchTimeoutException) {
                                // They are stored, and will be in the profiles.
                                listener.onResponse(false);
                            } else {
                                listener.onFailure(e);
                            }
                        }));
    }
}
