package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.update.UpdateRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.XContentType;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what a generation says of documents into them, into a slot that is not in use. Afterwards
 * the slot holds that generation and no other: documents it does not know lose what an earlier one
 * left.
 */
final class SlotWriter {
    private static final int BATCH = 500;

    /** How often a document may change under a write before that counts as a failure. */
    private static final int RETRIES = 20;

    private final Client client;
    private final IndexScan scan;
    private final JobTask job;

    SlotWriter(Client client, JobTask job) {
        this.client = client;
        this.scan = new IndexScan(client);
        this.job = job;
    }

    /**
     * What goes into one slot of one index.
     *
     * @param index index or alias
     * @param fields all fields of the slot, with dots for objects
     * @param documents partial document by id
     * @param empty partial document that removes everything from the slot
     * @param alias what to write to instead of the index, if only an alias will do
     */
    record Slot(
            String index,
            List<String> fields,
            Map<String, ObjectNode> documents,
            ObjectNode empty,
            Optional<String> alias) {}

    /**
     * Writes.
     *
     * @return how many documents were filled; those that are gone are not
     */
    long write(Slot slot, String phase) {
        Set<String> stale = stale(slot, phase);
        Batch batch = new Batch(slot.alias());
        scan.run(
                slot.index(),
                new SearchSourceBuilder().sort("_shard_doc").fetchSource(false),
                job,
                phase,
                hit -> {
                    ObjectNode document = slot.documents().get(hit.getId());
                    if (document != null) {
                        batch.add(hit, document);
                        batch.filled++;
                    } else if (stale.contains(hit.getId())) {
                        batch.add(hit, slot.empty());
                    }
                });
        batch.send();
        return batch.filled;
    }

    /**
     * Documents that the generation does not know and that have something in the slot all the same.
     */
    private Set<String> stale(Slot slot, String phase) {
        BoolQueryBuilder filled = QueryBuilders.boolQuery();
        slot.fields().forEach(field -> filled.should(QueryBuilders.existsQuery(field)));
        Set<String> stale = new HashSet<>();
        scan.run(
                slot.index(),
                new SearchSourceBuilder().query(filled).sort("_shard_doc").fetchSource(false),
                job,
                phase,
                hit -> {
                    if (!slot.documents().containsKey(hit.getId())) {
                        stale.add(hit.getId());
                    }
                });
        return stale;
    }

    /** Updates that go out together. */
    private final class Batch {
        private final Optional<String> alias;
        private BulkRequest updates = new BulkRequest();
        private long filled;

        Batch(Optional<String> alias) {
            this.alias = alias;
        }

        void add(SearchHit hit, ObjectNode document) {
            updates.add(
                    new UpdateRequest(alias.orElse(hit.getIndex()), hit.getId())
                            .setRequireAlias(alias.isPresent())
                            .doc(Json.bytes(document), XContentType.JSON)
                            .retryOnConflict(RETRIES));
            if (updates.numberOfActions() == BATCH) {
                send();
            }
        }

        void send() {
            if (updates.numberOfActions() == 0) {
                return;
            }
            for (BulkItemResponse item : client.bulk(updates).actionGet()) {
                if (item.isFailed() && item.status() != RestStatus.NOT_FOUND) {
                    throw new ElasticsearchException(
                            "a document could not be updated", item.getFailure().getCause());
                }
                if (item.isFailed()) {
                    filled--;
                }
            }
            updates = new BulkRequest();
        }
    }
}
