package dev.persona.plugin.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventBatch;
import dev.persona.profiling.event.EventFormat;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.event.ItemFacts;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.xcontent.XContentType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes events in. Each is validated by itself, joined with the facts of its item, and created
 * under its id in the events index, routed by user. The answer comes when Elasticsearch has them
 * durably.
 */
public final class EventsAction extends HandledTransportAction<EventsAction.Request, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/write/persona/events");

    private final Client client;
    private final Catalogs catalogs;
    private final ItemFactsReader facts;
    private final ThreadPool threadPool;

    /** Made by Elasticsearch. */
    @Inject
    public EventsAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            ThreadPool threadPool) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                Request::new,
                threadPool.executor(ThreadPool.Names.WRITE));
        this.client = client;
        this.catalogs = catalogs;
        this.facts = new ItemFactsReader(client, catalogs);
        this.threadPool = threadPool;
    }

    /** Events for a catalog. */
    public static final class Request extends CatalogRequest {
        private final EventFormat format;
        private final boolean lines;

        /**
         * Events.
         *
         * @param format how each event is written
         * @param lines whether the caller said that the body is newline-delimited
         */
        public Request(String catalog, EventFormat format, boolean lines, BytesReference body) {
            super(catalog, body);
            this.format = Objects.requireNonNull(format);
            this.lines = lines;
        }

        /** How each event is written. */
        EventFormat format() {
            return format;
        }

        /** Whether the caller said that the body is newline-delimited. */
        boolean lines() {
            return lines;
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in);
            this.format = in.readEnum(EventFormat.class);
            this.lines = in.readBoolean();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeEnum(format);
            out.writeBoolean(lines);
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other)
                    && other instanceof Request that
                    && format == that.format
                    && lines == that.lines;
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), format, lines);
        }
    }

    @Override
    protected void doExecute(Task task, Request request, ActionListener<JsonResponse> listener) {
        long started = threadPool.relativeTimeInMillis();
        Catalog catalog = catalogs.get(request.catalog());
        List<EventBatch.Received> batch;
        try {
            batch =
                    EventBatch.read(
                            BytesReference.toBytes(request.body()),
                            request.format,
                            request.lines,
                            catalog.settings().eventRules(),
                            threadPool.absoluteTimeInMillis());
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
        if (batch.isEmpty()) {
            throw Json.badRequest(new InvalidFieldException("body", "must hold an event"));
        }
        List<Event> events =
                batch.stream()
                        .filter(EventBatch.Accepted.class::isInstance)
                        .map(received -> ((EventBatch.Accepted) received).event())
                        .toList();
        if (events.isEmpty()) {
            listener.onResponse(answer(batch, new BulkItemResponse[0], started));
            return;
        }
        facts.read(
                catalog,
                events,
                listener.delegateFailureAndWrap(
                        (l, known) ->
                                client.bulk(
                                        creations(catalog, events, known),
                                        l.map(
                                                stored ->
                                                        answer(
                                                                batch,
                                                                stored.getItems(),
                                                                started)))));
    }

    private static BulkRequest creations(
            Catalog catalog, List<Event> events, Map<String, ItemFacts> known) {
        BulkRequest bulk = new BulkRequest();
        String index = CompanionIndices.events(catalog.name());
        for (Event event : events) {
            Event whole =
                    event.item()
                            .map(item -> known.getOrDefault(item, ItemFacts.UNKNOWN))
                            .map(event::withFacts)
                            .orElse(event);
            bulk.add(
                    CompanionIndices.write(index, event.id())
                            .routing(event.user())
                            .opType(DocWriteRequest.OpType.CREATE)
                            .source(Json.bytes(EventJson.stored(whole)), XContentType.JSON));
        }
        return bulk;
    }

    private JsonResponse answer(
            List<EventBatch.Received> batch, BulkItemResponse[] stored, long started) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        boolean errors = false;
        int next = 0;
        for (EventBatch.Received received : batch) {
            ObjectNode item = items.addObject();
            switch (received) {
                case EventBatch.Accepted accepted -> {
                    item.put("event_id", accepted.event().id());
                    errors |= !say(item, stored[next++]);
                }
                case EventBatch.Refused refused -> {
                    refused.id().ifPresent(id -> item.put("event_id", id));
                    error(item, RestStatus.BAD_REQUEST, refused.reason())
                            .put("field", refused.field());
                    errors = true;
                }
            }
        }
        json.put("took", threadPool.relativeTimeInMillis() - started);
        json.put("errors", errors);
        json.set("items", items);
        return new JsonResponse(json);
    }

    private static boolean say(ObjectNode item, BulkItemResponse stored) {
        if (!stored.isFailed()) {
            item.put("status", RestStatus.CREATED.getStatus());
            item.put("result", "created");
            return true;
        }
        if (stored.status() == RestStatus.CONFLICT) {
            item.put("status", RestStatus.OK.getStatus());
            item.put("result", "duplicate");
            return true;
        }
        error(item, stored.status(), stored.getFailureMessage());
        return false;
    }

    private static ObjectNode error(ObjectNode item, RestStatus status, String reason) {
        item.put("status", status.getStatus());
        item.put("result", "error");
        return item.putObject("error").put("reason", reason);
    }
}
