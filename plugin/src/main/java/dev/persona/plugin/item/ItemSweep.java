package dev.persona.plugin.item;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.task.IndexScan;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.mapper.RoutingFieldMapper;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.Map;

/**
 * Fills the slot of a generation in all products that have not got it yet. Afterwards the slot
 * holds that generation and no other. Waits for other actions.
 */
public final class ItemSweep {
    private static final int BATCH = 500;

    private final Client client;
    private final Catalog catalog;
    private final ItemSource source;
    private BulkRequest updates = new BulkRequest();
    private long written;

    /** The products of a catalog, on behalf of whom the client acts for. */
    public ItemSweep(Client client, Catalog catalog) {
        this.client = client;
        this.catalog = catalog;
        this.source = new ItemSource(catalog.settings());
    }

    /**
     * Goes over the products.
     *
     * @param progress told now and then how far it is; may throw to stop
     * @return how many were filled; those that are gone meanwhile are not
     */
    public long run(
            Catalog.Generation generation, LearnedItems items, IndexScan.Progress progress) {
        ItemFields fields = new ItemFields(Map.of(generation, items));
        new IndexScan(client)
                .run(
                        catalog.name(),
                        new SearchSourceBuilder()
                                .query(
                                        QueryBuilders.boolQuery()
                                                .mustNot(
                                                        QueryBuilders.termQuery(
                                                                Catalog.itemGenerationField(
                                                                        generation.slot()),
                                                                generation.number())))
                                .sort("_shard_doc")
                                .fetchSource(source.fields(), new String[0]),
                        progress,
                        hit -> add(fields, hit));
        send();
        return written;
    }

    private void add(ItemFields fields, SearchHit hit) {
        Map<String, Object> says = hit.hasSource() ? hit.getSourceAsMap() : Map.of();
        DocumentField routing = hit.field(RoutingFieldMapper.NAME);
        updates.add(
                fields.update(
                        hit.getIndex(),
                        hit.getId(),
                        routing == null ? null : routing.getValue(),
                        source.description(says)));
        if (updates.numberOfActions() == BATCH) {
            send();
        }
    }

    private void send() {
        if (updates.numberOfActions() == 0) {
            return;
        }
        for (BulkItemResponse item : client.bulk(updates).actionGet()) {
            if (!item.isFailed()) {
                written++;
            } else if (item.status() != RestStatus.NOT_FOUND) {
                throw new ElasticsearchException(
                        "a product could not be updated", item.getFailure().getCause());
            }
        }
        updates = new BulkRequest();
    }
}
