package dev.persona.plugin.event;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.item.ItemSource;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.ItemFacts;

import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.cache.Cache;
import org.elasticsearch.common.cache.CacheBuilder;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.Index;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the attributes and prices of the items that events are about, from the products as they are
 * now or were a moment ago.
 */
final class ItemFactsReader {
    /** A shop's changes show in events after this time: busy items are read once, not each time. */
    private static final TimeValue KEPT = TimeValue.timeValueSeconds(5);

    private static final int MOST_KEPT = 20_000;

    private final Client client;
    private final Catalogs catalogs;
    private final Cache<Key, ItemFacts> cache =
            CacheBuilder.<Key, ItemFacts>builder()
                    .setExpireAfterWrite(KEPT)
                    .setMaximumWeight(MOST_KEPT)
                    .build();

    /**
     * What is known of an item is known of one in these very indices.
     *
     * @param from the indices, which of their fields are wanted
     */
    private record Key(String from, String item) {}

    ItemFactsReader(Client client, Catalogs catalogs) {
        this.client = client;
        this.catalogs = catalogs;
    }

    /**
     * What is known of some items.
     *
     * @param facts by item; of an item that is not there nothing is known
     * @param unreadable items whose shard cannot be read now
     */
    record Found(Map<String, ItemFacts> facts, Set<String> unreadable) {
        ItemFacts of(String item) {
            return facts.getOrDefault(item, ItemFacts.UNKNOWN);
        }

        boolean isUnreadable(String item) {
            return unreadable.contains(item) && !facts.containsKey(item);
        }
    }

    /** Gives what is known of the items that events are about. */
    void read(Catalog catalog, List<Event> events, ActionListener<Found> listener) {
        ItemSource reader = new ItemSource(catalog.settings());
        List<Index> indices = catalogs.products(catalog.name());
        Set<String> items = new TreeSet<>();
        events.forEach(event -> event.item().ifPresent(items::add));
        String[] fields = reader.factFields();
        String from = indices + " " + String.join(",", fields);
        if (items.isEmpty() || fields.length == 0 || indices.isEmpty()) {
            listener.onResponse(new Found(Map.of(), Set.of()));
            return;
        }
        Map<String, ItemFacts> known = new HashMap<>();
        for (String item : List.copyOf(items)) {
            Optional<ItemFacts> facts = Optional.ofNullable(cache.get(new Key(from, item)));
            if (facts.isPresent()) {
                known.put(item, facts.get());
                items.remove(item);
            }
        }
        if (items.isEmpty()) {
            listener.onResponse(new Found(known, Set.of()));
            return;
        }
        FetchSourceContext wanted = FetchSourceContext.of(true, fields, new String[0]);
        MultiGetRequest request = new MultiGetRequest();
        for (Index index : indices) {
            for (String item : items) {
                request.add(
                        new MultiGetRequest.Item(index.getName(), item).fetchSourceContext(wanted));
            }
        }
        client.multiGet(request, listener.map(found -> facts(found, reader, from, known)));
    }

    private Found facts(
            MultiGetResponse found, ItemSource reader, String from, Map<String, ItemFacts> known) {
        Set<String> unreadable = new HashSet<>();
        for (MultiGetItemResponse item : found) {
            if (item.isFailed()) {
                Exception failure = item.getFailure().getFailure();
                if (ExceptionsHelper.unwrapCause(failure)
                        instanceof ElasticsearchSecurityException) {
                    // Without its facts the event would be in the profile for ever as if there
                    // were none.
                    throw new ElasticsearchStatusException(
                            "who sends events must be allowed to get the products they are about",
                            RestStatus.FORBIDDEN,
                            failure);
                }
                if (isForAWhile(failure)) {
                    unreadable.add(item.getId());
                }
            } else if (item.getResponse().isExists()) {
                Map<String, Object> source = item.getResponse().getSource();
                ItemFacts facts = source == null ? ItemFacts.UNKNOWN : reader.facts(source);
                known.put(item.getId(), facts);
                cache.put(new Key(from, item.getId()), facts);
            }
        }
        return new Found(known, unreadable);
    }

    /** A shard that is away will have its items again; a closed index has none to give. */
    private static boolean isForAWhile(Exception failure) {
        RestStatus status = ExceptionsHelper.status(failure);
        return status.getStatus() >= RestStatus.INTERNAL_SERVER_ERROR.getStatus()
                || status == RestStatus.TOO_MANY_REQUESTS;
    }
}
