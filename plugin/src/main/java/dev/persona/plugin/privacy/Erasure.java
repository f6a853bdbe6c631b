package dev.persona.plugin.privacy;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.identity.UserIds;
import dev.persona.plugin.profile.ProfileStore;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.WriteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.aggregations.AggregationBuilders;
import org.elasticsearch.search.aggregations.bucket.terms.Terms;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.Set;
import java.util.TreeSet;

/**
 * Erases one user under all ids, in an order in which nothing that is on its way brings the user
 * back:
 *
 * <ol>
 *   <li>count the events, for the answer;
 *   <li>tombstones: events and merges are refused from here on, and followers make no profile;
 *   <li>the events;
 *   <li>wait until the followers have written what they have in memory, so that no write from
 *       before the tombstones is under way;
 *   <li>the profile, and the documents of ids that were merged into it;
 *   <li>events that passed before the tombstones and were stored after.
 * </ol>
 *
 * A failure leaves the tombstones: the same call goes on. Waits for answers.
 */
final class Erasure {
    private static final Logger logger = LogManager.getLogger(Erasure.class);

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);
    private static final int PAGE = 1000;
    private static final long BETWEEN_LOOKS = 50;
    private static final String TYPES = "types";
    private static final int MOST_TYPES = 10_000;

    private final Client client;
    private final Catalogs catalogs;
    private final Catalog catalog;
    private EventCounts found = EventCounts.NONE;
    private EventCounts deleted = EventCounts.NONE;

    Erasure(Client client, Catalogs catalogs, Catalog catalog) {
        this.client = client;
        this.catalogs = catalogs;
        this.catalog = catalog;
    }

    /**
     * What was erased.
     *
     * @param profiles profiles of users: 1, or 0 when there was none
     * @param merges ids that had been merged into the user
     */
    record Counts(long profiles, long merges, EventCounts events) {
        boolean isNothing() {
            return profiles + merges == 0 && events.equals(EventCounts.NONE);
        }
    }

    Counts erase(String user) {
        Set<String> ids = new TreeSet<>();
        for (Set<String> known = UserIds.of(client, catalog, user);
                !ids.containsAll(known);
                known = UserIds.of(client, catalog, user)) {
            known.removeAll(ids);
            ids.addAll(known);
            // Once they are buried a follower may remove events before we do.
            found = found.plus(count(known));
            bury(ids);
            awaitMerges(user);
        }
        deleteEvents(ids);
        WrittenProfiles.await(client, catalogs, catalog.name(), ids, PATIENCE);
        long documents = deleteProfiles(ids);
        deleteEvents(ids);
        long profiles = Math.min(documents, 1);
        return new Counts(profiles, documents - profiles, found.most(deleted));
    }

    /** None where they cannot be counted now: that must not keep the user from being buried. */
    private EventCounts count(Set<String> ids) {
        try {
            return counted(ids);
        } catch (ElasticsearchException e) {
            logger.debug("events to be erased cannot be counted", e);
            return EventCounts.NONE;
        }
    }

    private EventCounts counted(Set<String> ids) {
        String index = CompanionIndices.events(catalog.name());
        client.admin().indices().prepareRefresh(index).execute().actionGet(PATIENCE);
        SearchResponse response =
                client.prepareSearch(index)
                        .setQuery(QueryBuilders.termsQuery("user_id", ids))
                        .addAggregation(
                                AggregationBuilders.terms(TYPES).field("type").size(MOST_TYPES))
                        .setSize(0)
                        .setAllowPartialSearchResults(false)
                        .execute()
                        .actionGet(PATIENCE);
        try {
            EventCounts counts = EventCounts.NONE;
            Terms types = response.getAggregations().get(TYPES);
            for (Terms.Bucket type : types.getBuckets()) {
                counts = counts.plus(type.getKeyAsString(), type.getDocCount());
            }
            return counts;
        } finally {
            response.decRef();
        }
    }

    private void bury(Set<String> ids) {
        long until =
                client.threadPool().absoluteTimeInMillis()
                        + catalog.settings().tombstone().millis();
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
        for (String id : ids) {
            bulk.add(Blocks.erased(catalog.name(), id, until));
            // What the user objected to is forgotten with the user.
            bulk.add(Blocks.lift(catalog.name(), id));
        }
        try {
            send(bulk);
        } finally {
            // Also when some have failed: the others hold.
            send(new BulkRequest().add(Blocks.changed(catalog.name())));
        }
    }

    /** What is being merged into the user just now is the user's too, and to be erased with it. */
    private void awaitMerges(String user) {
        ProfileStore profiles = new ProfileStore(client, catalog);
        ThreadPool clock = client.threadPool();
        while (profiles.read(profiles.root(user))
                .document()
                .isClaimed(clock.absoluteTimeInMillis())) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ElasticsearchException("the user is not erased yet, call again", e);
            }
        }
    }

    private void deleteEvents(Set<String> ids) {
        String index = CompanionIndices.events(catalog.name());
        String alias = CompanionIndices.writeAlias(index);
        while (true) {
            client.admin().indices().prepareRefresh(index).execute().actionGet(PATIENCE);
            BulkRequest bulk = new BulkRequest();
            SearchResponse found =
                    client.prepareSearch(index)
                            .setQuery(QueryBuilders.termsQuery("user_id", ids))
                            .setFetchSource(new String[] {"user_id", "type"}, null)
                            .setSize(PAGE)
                            .setAllowPartialSearchResults(false)
                            .execute()
                            .actionGet(PATIENCE);
            try {
                for (SearchHit hit : found.getHits().getHits()) {
                    var source = hit.getSourceAsMap();
                    deleted = deleted.plus(String.valueOf(source.get("type")), 1);
                    bulk.add(
                            new DeleteRequest(alias, hit.getId())
                                    .routing(String.valueOf(source.get("user_id"))));
                }
            } finally {
                found.decRef();
            }
            if (bulk.numberOfActions() == 0) {
                return;
            }
            send(bulk);
        }
    }

    private long deleteProfiles(Set<String> ids) {
        String index = CompanionIndices.profiles(catalog.name());
        BulkRequest bulk = new BulkRequest();
        ids.forEach(id -> bulk.add(new DeleteRequest(CompanionIndices.writeAlias(index), id)));
        long gone = send(bulk);
        client.admin().indices().prepareRefresh(index).execute().actionGet(PATIENCE);
        return gone;
    }

    /** Gives how many were there. */
    private long send(BulkRequest bulk) {
        long found = 0;
        for (BulkItemResponse item : client.bulk(bulk).actionGet(PATIENCE)) {
            if (item.isFailed()) {
                throw new ElasticsearchStatusException(
                        "the user is not erased yet, call again",
                        ExceptionsHelper.status(item.getFailure().getCause()),
                        item.getFailure().getCause());
            }
            if (item.getResponse().status() != RestStatus.NOT_FOUND) {
                found++;
            }
        }
        return found;
    }
}
