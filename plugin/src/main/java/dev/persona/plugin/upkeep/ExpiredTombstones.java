package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.task.IndexScan;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;

/** Removes what kept erased users from coming back, once they may. */
final class ExpiredTombstones {
    private final Client client;
    private final Lease lease;

    ExpiredTombstones(Client client, Lease lease) {
        this.client = client;
        this.lease = lease;
    }

    /** Gives how many were removed. Whoever does not agree to tracking is blocked without end. */
    long remove(Catalog catalog) {
        String index = CompanionIndices.state(catalog.name());
        long now = client.threadPool().absoluteTimeInMillis();
        Deletions deletions = new Deletions(client, index, lease);
        new IndexScan(client)
                .run(
                        index,
                        new SearchSourceBuilder()
                                .query(
                                        QueryBuilders.boolQuery()
                                                .filter(QueryBuilders.termQuery("kind", "block"))
                                                .filter(
                                                        QueryBuilders.rangeQuery("until")
                                                                .lt(now)
                                                                .format("epoch_millis")))
                                .fetchSource(false)
                                .seqNoAndPrimaryTerm(true)
                                .sort("_shard_doc"),
                        (done, total) -> lease.check(),
                        hit -> deletions.add(hit, null));
        return deletions.finish();
    }
}
