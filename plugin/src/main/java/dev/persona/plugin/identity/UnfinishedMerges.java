package dev.persona.plugin.identity;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.task.IndexScan;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.List;

/**
 * Merges that ended before their last step: ids that lead to another user and still hold something
 * themselves. To go on with one that is under way does no harm. Waits for answers.
 */
public final class UnfinishedMerges {
    private final Client client;
    private final Catalog catalog;
    private final Merge merge;

    /**
     * Those of a catalog.
     *
     * @param eventsUuid of its events index
     */
    public UnfinishedMerges(Client client, Catalog catalog, String eventsUuid) {
        this.client = client;
        this.catalog = catalog;
        this.merge = new Merge(client, catalog, eventsUuid);
    }

    /**
     * Finishes them.
     *
     * @param alive called now and then; may throw to stop
     * @return how many
     */
    public long finish(Runnable alive) {
        List<String> ids = new ArrayList<>();
        new IndexScan(client)
                .run(
                        CompanionIndices.profiles(catalog.name()),
                        new SearchSourceBuilder()
                                .query(
                                        QueryBuilders.boolQuery()
                                                .filter(QueryBuilders.existsQuery("merged_into"))
                                                .should(QueryBuilders.existsQuery("first_seen"))
                                                .should(QueryBuilders.existsQuery("attributes"))
                                                .should(QueryBuilders.existsQuery("tracking"))
                                                .minimumShouldMatch(1))
                                .fetchSource(false)
                                .sort("_shard_doc"),
                        (done, total) -> alive.run(),
                        hit -> ids.add(hit.getId()));
        long finished = 0;
        for (String id : ids) {
            alive.run();
            try {
                merge.takeOver(id);
                finished++;
            } catch (ElasticsearchStatusException e) {
                // Somebody is at it, or will be the next time.
                if (e.status() != RestStatus.CONFLICT) {
                    throw e;
                }
            }
        }
        return finished;
    }
}
