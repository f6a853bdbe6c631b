package dev.persona.plugin.item;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.task.IndexScan;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.update.UpdateRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.mapper.RoutingFieldMapper;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills the slot of a generation in all products that have not got it yet. Afterwards the slot
 * holds that generation and no other. Waits for other actions.
 */
public final class ItemSweep {
    private static final Logger logger = LogManager.getLogger(ItemSweep.class);

    private static final int BATCH = 500;

    /** How often updates that the cluster is too busy for are sent again: for two minutes or so. */
    private static final int MOST_ATTEMPTS = 25;

    private static final long FIRST_PAUSE = 100;

    private final Client client;
    private final Catalog catalog;
    private final ItemSource source;
    private List<UpdateRequest> updates = new ArrayList<>();
    private long written;

    /** The products of a catalog, on behalf of whom the client acts for. */
    public ItemSweep(Client client, Catalog catalog) {
        this.client = client;
        this.catalog = catalog;
        this.source = new ItemSource(catalog.settings());
    }

    /**
     * Goes over the products. One that Elasticsearch will not take in this form is left as it is.
     *
     * @param progress told now and then how far it is; may throw to stop
     * @return how many were filled; those that are gone meanwhile are not
     */
    public long run(
            Catalog.Generation generation, LearnedItems items, IndexScan.Progress progress) {
        ItemFields fields = new ItemFields(Map.of(generation, items));
        String number = Catalog.itemGenerationField(generation.slot());
        new IndexScan(client)
                .run(
                        catalog.name(),
                        new SearchSourceBuilder()
                                .query(lacking(generation))
                                .sort("_shard_doc")
                                .docValueField(number)
                                .fetchSource(source.fields(), new String[0]),
                        progress,
                        hit -> {
                            boolean isOfGeneration =
                                    hit.field(number) != null
                                            && hit.field(number)
                                                    .getValues()
                                                    .contains((long) generation.number());
                            // Of some items nothing is known, and that is all there is to hold.
                            if (!isOfGeneration || items.hasVector(hit.getId())) {
                                add(fields, hit);
                            }
                        });
        send();
        return written;
    }

    /** Products without the generation, and those that have lost the vector of it. */
    private static QueryBuilder lacking(Catalog.Generation generation) {
        return QueryBuilders.boolQuery()
                .should(
                        QueryBuilders.boolQuery()
                                .mustNot(
                                        QueryBuilders.termQuery(
                                                Catalog.itemGenerationField(generation.slot()),
                                                generation.number())))
                .should(
                        QueryBuilders.boolQuery()
                                .mustNot(
                                        QueryBuilders.existsQuery(
                                                Catalog.itemVectorField(generation.slot()))));
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
        if (updates.size() == BATCH) {
            send();
        }
    }

    private void send() {
        List<UpdateRequest> left = updates;
        updates = new ArrayList<>();
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            left = send(left, attempt == MOST_ATTEMPTS);
            if (!left.isEmpty()) {
                pause(attempt);
            }
        }
    }

    /** Gives those that the cluster is too busy for just now. */
    private List<UpdateRequest> send(List<UpdateRequest> requests, boolean last) {
        BulkRequest bulk = new BulkRequest();
        requests.forEach(bulk::add);
        List<UpdateRequest> again = new ArrayList<>();
        int next = 0;
        for (BulkItemResponse item : client.bulk(bulk).actionGet()) {
            UpdateRequest request = requests.get(next++);
            if (!item.isFailed()) {
                written++;
            } else if (!last && isBusy(item.status())) {
                again.add(request);
            } else if (item.status() == RestStatus.BAD_REQUEST) {
                logger.debug("a product cannot be filled in", item.getFailure().getCause());
            } else if (item.status() != RestStatus.NOT_FOUND) {
                throw new ElasticsearchException(
                        "a product could not be updated", item.getFailure().getCause());
            }
        }
        return again;
    }

    private static boolean isBusy(RestStatus status) {
        return status == RestStatus.TOO_MANY_REQUESTS || status == RestStatus.SERVICE_UNAVAILABLE;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE << Math.min(attempt, 6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticsearchException("interrupted", e);
        }
    }
}
