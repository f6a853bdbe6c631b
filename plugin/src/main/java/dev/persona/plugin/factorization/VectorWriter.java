package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.factorization.IdIndex;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.update.UpdateRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.XContentType;

import java.util.HashSet;
import java.util.Set;

/**
 * Writes one side's vectors of a factor model into the documents they belong to, into a slot that
 * is not in use. Afterwards the slot holds that model's vectors and no others: documents the model
 * does not know lose what an earlier generation left there.
 */
final class VectorWriter {
    private static final int BATCH = 500;

    /** How often a document may change under a write before that counts as a failure. */
    private static final int RETRIES = 20;

    private final Client client;
    private final IndexScan scan;
    private final JobTask job;

    VectorWriter(Client client, JobTask job) {
        this.client = client;
        this.scan = new IndexScan(client);
        this.job = job;
    }

    /**
     * Writes.
     *
     * @param index index or alias of the documents
     * @param field where the vector goes, with dots for objects
     * @param ids ids of the documents
     * @param vectors float[ids * factors], row-major
     * @return how many documents got a vector; those that are gone do not
     */
    long write(String index, String field, IdIndex ids, float[] vectors, String phase) {
        int factors = vectors.length / ids.size();
        Set<String> stale = stale(index, field, ids, phase);
        Batch batch = new Batch();
        scan.run(
                index,
                new SearchSourceBuilder().sort("_shard_doc").fetchSource(false),
                job,
                phase,
                hit -> {
                    int row = ids.indexOf(hit.getId());
                    if (row != IdIndex.ABSENT) {
                        batch.add(hit, document(field, vector(vectors, row, factors)));
                        batch.written++;
                    } else if (stale.contains(hit.getId())) {
                        batch.add(hit, document(field, JsonNodeFactory.instance.nullNode()));
                    }
                });
        batch.send();
        return batch.written;
    }

    /** Documents that the model does not know and that have a vector in the slot all the same. */
    private Set<String> stale(String index, String field, IdIndex ids, String phase) {
        Set<String> stale = new HashSet<>();
        scan.run(
                index,
                new SearchSourceBuilder()
                        .query(QueryBuilders.existsQuery(field))
                        .sort("_shard_doc")
                        .fetchSource(false),
                job,
                phase,
                hit -> {
                    if (ids.indexOf(hit.getId()) == IdIndex.ABSENT) {
                        stale.add(hit.getId());
                    }
                });
        return stale;
    }

    private static ArrayNode vector(float[] vectors, int row, int factors) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode(factors);
        for (int f = 0; f < factors; f++) {
            numbers.add(vectors[row * factors + f]);
        }
        return numbers;
    }

    private static ObjectNode document(String field, JsonNode vector) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode parent = document;
        String[] names = field.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.putObject(names[i]);
        }
        parent.set(names[names.length - 1], vector);
        return document;
    }

    /** Updates that go out together. */
    private final class Batch {
        private BulkRequest updates = new BulkRequest();
        private long written;

        void add(SearchHit hit, ObjectNode document) {
            updates.add(
                    new UpdateRequest(hit.getIndex(), hit.getId())
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
                            "a vector could not be written", item.getFailure().getCause());
                }
                if (item.isFailed()) {
                    written--;
                }
            }
            updates = new BulkRequest();
        }
    }
}
