package dev.persona.plugin.event;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.follower.AwaitEventsAction;
import dev.persona.plugin.follower.AwaitEventsRequest;
import dev.persona.plugin.follower.AwaitEventsResponse;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;

import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Creates events in the events index.
 *
 * <p>Elasticsearch says that a document exists as soon as the primary has it, which may be before
 * it is on the replicas: if that primary dies, the document is gone. A repeat is answered as a
 * duplicate only when the first one cannot be lost any more.
 */
final class EventStore {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

    private final Client client;
    private final Catalogs catalogs;

    EventStore(Client client, Catalogs catalogs) {
        this.client = client;
        this.catalogs = catalogs;
    }

    /** Creates the open events and says of each what came of it. */
    void create(Catalog catalog, EventOutcomes outcomes, ActionListener<Void> listener) {
        List<Event> events = outcomes.open();
        if (events.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        BulkRequest bulk = new BulkRequest();
        String index = CompanionIndices.events(catalog.name());
        for (Event event : events) {
            bulk.add(
                    CompanionIndices.write(index, event.id())
                            .routing(event.user())
                            .opType(DocWriteRequest.OpType.CREATE)
                            .source(Json.smile(EventJson.stored(event)), XContentType.SMILE));
        }
        client.bulk(
                bulk,
                listener.delegateFailureAndWrap(
                        (l, stored) -> {
                            List<EventOutcomes.Said> said = said(stored.getItems());
                            confirm(
                                    catalog,
                                    events,
                                    said,
                                    l.map(
                                            confirmed -> {
                                                outcomes.end(said);
                                                return null;
                                            }));
                        }));
    }

    private static List<EventOutcomes.Said> said(BulkItemResponse[] stored) {
        List<EventOutcomes.Said> said = new ArrayList<>(stored.length);
        for (BulkItemResponse item : stored) {
            if (!item.isFailed()) {
                said.add(EventOutcomes.Said.of(EventResult.CREATED));
            } else if (item.status() == RestStatus.CONFLICT) {
                said.add(EventOutcomes.Said.of(EventResult.DUPLICATE));
            } else {
                said.add(EventOutcomes.Said.error(item.status(), item.getFailureMessage()));
            }
        }
        return said;
    }

    /** Makes sure that what is said to be a duplicate will stay. */
    private void confirm(
            Catalog catalog,
            List<Event> events,
            List<EventOutcomes.Said> said,
            ActionListener<Void> listener) {
        List<Integer> repeats = new ArrayList<>();
        Set<Integer> shards = new TreeSet<>();
        for (int i = 0; i < events.size(); i++) {
            if (said.get(i).result() == EventResult.DUPLICATE) {
                repeats.add(i);
                shards.add(catalogs.eventsShardOf(catalog.name(), events.get(i).user()));
            }
        }
        if (repeats.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        client.execute(
                AwaitEventsAction.TYPE,
                new AwaitEventsRequest(
                        catalog.name(), shards, AwaitEventsRequest.Until.DURABLE, PATIENCE),
                listener.delegateFailureAndWrap(
                        (l, durable) -> look(catalog, events, said, repeats, durable, l)));
    }

    private void look(
            Catalog catalog,
            List<Event> events,
            List<EventOutcomes.Said> said,
            List<Integer> repeats,
            AwaitEventsResponse durable,
            ActionListener<Void> listener) {
        MultiGetRequest request = new MultiGetRequest();
        for (int i : repeats) {
            request.add(
                    new MultiGetRequest.Item(
                                    CompanionIndices.events(catalog.name()), events.get(i).id())
                            .routing(events.get(i).user())
                            .storedFields("_none_"));
        }
        client.multiGet(
                request,
                listener.map(
                        found -> {
                            int next = 0;
                            for (MultiGetItemResponse item : found) {
                                int place = repeats.get(next++);
                                int shard =
                                        catalogs.eventsShardOf(
                                                catalog.name(), events.get(place).user());
                                if (item.isFailed()
                                        && ExceptionsHelper.unwrapCause(
                                                        item.getFailure().getFailure())
                                                instanceof ElasticsearchSecurityException) {
                                    throw new ElasticsearchStatusException(
                                            "who sends events must be allowed to get them, to"
                                                    + " recognise repeats",
                                            RestStatus.FORBIDDEN,
                                            item.getFailure().getFailure());
                                }
                                if (item.isFailed()
                                        || !item.getResponse().isExists()
                                        || item.getResponse().getSeqNo() > durable.reached(shard)) {
                                    said.set(
                                            place,
                                            EventOutcomes.Said.error(
                                                    RestStatus.SERVICE_UNAVAILABLE,
                                                    "the event is being stored by another call,"
                                                            + " send it again"));
                                }
                            }
                            return null;
                        }));
    }
}
