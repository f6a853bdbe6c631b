package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.task.IndexScan;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.rest.RestStatus;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Goes over many profile documents and writes those that are to become others, each only if it is
 * still what it was made from; one that somebody else has written meanwhile is looked at again.
 * Waits for other actions.
 */
public final class ProfileSweep {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    private final Client client;
    private final Catalog catalog;
    private final IndexScan.Progress progress;
    private final Function<ProfileDocument, Optional<ProfileDocument>> change;
    private long written;

    /**
     * @param progress told now and then how far it is; may throw to stop
     * @param change gives what a document is to be, or nothing when it is to stay as it is; may be
     *     asked several times for one user
     */
    public ProfileSweep(
            Client client,
            Catalog catalog,
            IndexScan.Progress progress,
            Function<ProfileDocument, Optional<ProfileDocument>> change) {
        this.client = client;
        this.catalog = catalog;
        this.progress = progress;
        this.change = change;
    }

    /**
     * Goes over the documents that match a query.
     *
     * @return how many were written
     */
    public long run(QueryBuilder query) {
        new ProfileScan(client, catalog, progress, this::look).run(query, ProfileScan.AS_STORED);
        return written;
    }

    private void look(Map<String, StoredProfile> batch) {
        BulkRequest writes = new BulkRequest();
        batch.forEach(
                (user, stored) ->
                        change.apply(stored.document())
                                .ifPresent(
                                        document ->
                                                writes.add(
                                                        stored.replace(
                                                                catalog.name(),
                                                                user,
                                                                document.source(user)))));
        send(writes);
    }

    private void send(BulkRequest writes) {
        if (writes.numberOfActions() == 0) {
            return;
        }
        for (BulkItemResponse item : client.bulk(writes).actionGet(PATIENCE)) {
            if (item.status() == RestStatus.CONFLICT) {
                // Whoever has written it meanwhile need not have made this change.
                again(item.getId());
            } else if (item.isFailed()) {
                throw new ElasticsearchException(
                        "a profile cannot be written", item.getFailure().getCause());
            } else {
                written++;
            }
        }
    }

    private void again(String user) {
        new ProfileStore(client, catalog)
                .change(
                        user,
                        stored ->
                                stored.exists()
                                        ? change.apply(stored.document())
                                        : Optional.empty());
    }
}
