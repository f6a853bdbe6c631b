package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.Retention;
import dev.persona.plugin.follower.AwaitEventsResponse;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.task.IndexScan;
import dev.persona.profiling.event.EventType;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.Optional;

/**
 * Removes events that are older than their type is kept. Their profiles keep what they hold: an
 * event goes only when it is in a stored document: what a follower has in memory may be lost.
 */
final class ExpiredEvents {
    private final Client client;
    private final Catalogs catalogs;
    private final Lease lease;

    ExpiredEvents(Client client, Catalogs catalogs, Lease lease) {
        this.client = client;
        this.catalogs = catalogs;
        this.lease = lease;
    }

    /** Gives how many were removed. */
    long remove(Catalog catalog) {
        long now = client.threadPool().absoluteTimeInMillis();
        Optional<QueryBuilder> expired = expired(catalog.settings().retention(), now);
        if (expired.isEmpty()) {
            return 0;
        }
        AwaitEventsResponse written =
                WrittenProfiles.await(client, catalogs, catalog.name(), Upkeep.PATIENCE);
        String index = CompanionIndices.events(catalog.name());
        Deletions deletions = new Deletions(client, index, lease);
        new IndexScan(client)
                .run(
                        index,
                        new SearchSourceBuilder()
                                .query(expired.get())
                                .fetchSource(false)
                                .docValueField("user_id")
                                .seqNoAndPrimaryTerm(true)
                                .sort("_shard_doc"),
                        (done, total) -> lease.check(),
                        hit -> {
                            int shard = hit.getShard().getShardId().id();
                            if (hit.getSeqNo() <= written.reached(shard)) {
                                deletions.add(hit, hit.field("user_id").getValue());
                            }
                        });
        return deletions.finish();
    }

    /** What has expired by now; empty when nothing ever does. */
    static Optional<QueryBuilder> expired(Retention retention, long now) {
        BoolQueryBuilder any = QueryBuilders.boolQuery();
        retention
                .byType()
                .forEach(
                        (type, kept) ->
                                any.should(
                                        QueryBuilders.boolQuery()
                                                .filter(QueryBuilders.termQuery("type", type.id()))
                                                .filter(before(now, kept))));
        retention
                .others()
                .ifPresent(
                        kept ->
                                any.should(
                                        QueryBuilders.boolQuery()
                                                .filter(before(now, kept))
                                                .mustNot(
                                                        QueryBuilders.termsQuery(
                                                                "type",
                                                                retention.byType().keySet().stream()
                                                                        .map(EventType::id)
                                                                        .toList()))));
        return any.should().isEmpty() ? Optional.empty() : Optional.of(any);
    }

    private static QueryBuilder before(long now, TimeValue kept) {
        return QueryBuilders.rangeQuery("timestamp").lt(now - kept.millis()).format("epoch_millis");
    }
}
