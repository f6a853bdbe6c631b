package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.identity.Merges;

import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.search.aggregations.AggregationBuilders;
import org.elasticsearch.search.aggregations.bucket.composite.CompositeAggregation;
import org.elasticsearch.search.aggregations.bucket.composite.CompositeAggregationBuilder;
import org.elasticsearch.search.aggregations.bucket.composite.TermsValuesSourceBuilder;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Users who have events but no document: what somebody has deleted, or a restore left out. Batch by
 * batch.
 */
final class LostUsers {
    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(2);
    private static final int BATCH = 200;
    private static final String USERS = "users";
    private static final String USER = "user";

    private final Client client;
    private final Catalog catalog;
    private final Merges merges;

    LostUsers(Client client, Catalog catalog, Merges merges) {
        this.client = client;
        this.catalog = catalog;
        this.merges = merges;
    }

    void forEachBatch(Consumer<Set<String>> each) {
        CompositeAggregationBuilder users =
                AggregationBuilders.composite(
                                USERS, List.of(new TermsValuesSourceBuilder(USER).field("user_id")))
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
            CompositeAggregationBuilder users, Consumer<Set<String>> each) {
        SearchResponse found =
                client.prepareSearch(CompanionIndices.events(catalog.name()))
                        .setSize(0)
                        .addAggregation(users)
                        .setAllowPartialSearchResults(false)
                        .execute()
                        .actionGet(PATIENCE);
        try {
            CompositeAggregation page = found.getAggregations().get(USERS);
            Set<String> lost = new TreeSet<>();
            for (CompositeAggregation.Bucket bucket : page.getBuckets()) {
                lost.add(merges.user((String) bucket.getKey().get(USER)));
            }
            keepAbsent(lost);
            if (!lost.isEmpty()) {
                each.accept(lost);
            }
            return page.afterKey();
        } finally {
            found.decRef();
        }
    }

    private void keepAbsent(Set<String> users) {
        if (users.isEmpty()) {
            return;
        }
        MultiGetRequest request = new MultiGetRequest();
        for (String user : users) {
            request.add(
                    new MultiGetRequest.Item(CompanionIndices.profiles(catalog.name()), user)
                            .storedFields("_none_"));
        }
        for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
            if (item.isFailed() || item.getResponse().isExists()) {
                users.remove(item.getId());
            }
        }
        if (!users.isEmpty()) {
            users.removeAll(Blocks.erased(client, catalog.name(), users, PATIENCE));
        }
    }
}
