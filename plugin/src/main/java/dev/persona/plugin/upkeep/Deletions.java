package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.CompanionIndices;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;

/**
 * Removes what a scan has found, many at once. What somebody has written since the scan saw it
 * stays: it is not what was found.
 */
final class Deletions {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);
    private static final int BATCH = 1000;

    private final Client client;
    private final String alias;
    private final Lease lease;
    private BulkRequest bulk = new BulkRequest();
    private long removed;

    /**
     * @param index one of the companion indices
     */
    Deletions(Client client, String index, Lease lease) {
        this.client = client;
        this.alias = CompanionIndices.writeAlias(index);
        this.lease = lease;
    }

    /**
     * Removes a hit, which has to come with its sequence number.
     *
     * @param routing of the document; null when it has none of its own
     */
    void add(SearchHit hit, String routing) {
        bulk.add(
                new DeleteRequest(alias, hit.getId())
                        .routing(routing)
                        .setIfSeqNo(hit.getSeqNo())
                        .setIfPrimaryTerm(hit.getPrimaryTerm()));
        if (bulk.numberOfActions() == BATCH) {
            send();
        }
    }

    /** Removes the last ones, and gives how many were removed in all. */
    long finish() {
        send();
        return removed;
    }

    private void send() {
        if (bulk.numberOfActions() == 0) {
            return;
        }
        lease.check();
        for (BulkItemResponse item : client.bulk(bulk).actionGet(PATIENCE)) {
            if (!item.isFailed()) {
                removed += item.getResponse().status() == RestStatus.OK ? 1 : 0;
            } else if (item.status() != RestStatus.CONFLICT) {
                throw new ElasticsearchException(
                        "what has expired cannot be removed", item.getFailure().getCause());
            }
        }
        bulk = new BulkRequest();
    }
}
