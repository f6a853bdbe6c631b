package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.follower.AwaitEventsAction;
import dev.persona.plugin.follower.AwaitEventsRequest;

import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.search.aggregations.AggregationBuilders;
import org.elasticsearch.search.aggregations.bucket.composite.CompositeAggregation;
import org.elasticsearch.search.aggregations.bucket.composite.CompositeAggregationBuilder;
import org.elasticsearch.search.aggregations.bucket.composite.TermsValuesSourceBuilder;
import org.elasticsearch.search.aggregations.metrics.Max;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * User ids that have events but no document, although their follower has passed those events: what
 * somebody has deleted, or a restore left out. Batch by batch, with the last operation of each that
 * has been passed.
 */
final class LostUsers {
    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(2);
    private static final int BATCH = 1000;
    private static final String USERS = "users";
    private static final String USER = "user";
    private static final String LAST = "last";

    private final Client client;
    private final Catalogs catalogs;
    private final Catalog catalog;

    LostUsers(Client client, Catalogs catalogs, Catalog catalog) {
        this.client = client;
        this.catalogs = catalogs;
        this.catalog = catalog;
    }

    /** Gives the last operation by user id. */
    void forEachBatch(Consumer<Map<String, Long>> each) {
        CompositeAggregationBuilder users =
                AggregationBuilders.composite(
                                USERS, List.of(new TermsValuesSourceBuilder(USER).field("user_id")))
                        .subAggregation(AggregationBuilders.max(LAST).field("_seq_no"))
                        .size(BATCH);
        while (true) {
            Map<String, Object> after = page(users, each);
            if (after == null) {
                return;
            }
            users.aggregateAfter(after);
        }
    }

    private Map<String, Object> page(
            CompositeAggregationBuilder users, Consumer<Map<String, Long>> each) {
        SearchResponse found =
                client.prepareSearch(CompanionIndices.events(catalog.name()))
                        .setSize(0)
                        .addAggregation(users)
                        .setAllowPartialSearchResults(false)
                        .execute()
                        .actionGet(PATIENCE);
        try {
            CompositeAggregation page = found.getAggregations().get(USERS);
            Map<String, Long> lastByUser = new HashMap<>();
            for (CompositeAggregation.Bucket bucket : page.getBuckets()) {
                Max last = bucket.getAggregations().get(LAST);
                lastByUser.put((String) bucket.getKey().get(USER), (long) last.value());
            }
            keepLost(lastByUser);
            if (!lastByUser.isEmpty()) {
                each.accept(lastByUser);
            }
            return page.afterKey();
        } finally {
            found.decRef();
        }
    }

    private void keepLost(Map<String, Long> lastByUser) {
        keepAbsent(lastByUser);
        if (lastByUser.isEmpty()) {
            return;
        }
        // Those that the follower has not come to yet are not lost.
        List<Integer> shards =
                IntStream.range(0, catalogs.eventShards(catalog.name())).boxed().toList();
        client.execute(
                        AwaitEventsAction.TYPE,
                        new AwaitEventsRequest(
                                catalog.name(), shards, AwaitEventsRequest.Until.WRITTEN, PATIENCE))
                .actionGet(PATIENCE);
        keepAbsent(lastByUser);
        if (!lastByUser.isEmpty()) {
            lastByUser
                    .keySet()
                    .removeAll(
                            Blocks.erased(client, catalog.name(), lastByUser.keySet(), PATIENCE));
        }
    }

    private void keepAbsent(Map<String, Long> lastByUser) {
        if (lastByUser.isEmpty()) {
            return;
        }
        MultiGetRequest request = new MultiGetRequest();
        for (String user : lastByUser.keySet()) {
            request.add(
                    new MultiGetRequest.Item(CompanionIndices.profiles(catalog.name()), user)
                            .storedFields("_none_"));
        }
        for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
            if (item.isFailed() || item.getResponse().isExists()) {
                lastByUser.remove(item.getId());
            }
        }
    }
}
