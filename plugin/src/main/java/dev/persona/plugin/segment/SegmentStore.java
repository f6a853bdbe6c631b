package dev.persona.plugin.segment;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.engine.VersionConflictEngineException;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.XContentType;

import java.util.Optional;

/** Stores segments in the state index of their catalog, and reads them. */
final class SegmentStore {
    private final Client client;

    SegmentStore(Client client) {
        this.client = client;
    }

    private static String id(int version) {
        return SegmentVersion.KIND + "-" + version;
    }

    /** Reads a version. The answer may come on a transport thread, unparsed. */
    void get(String catalog, int version, ActionListener<GetResponse> listener) {
        client.get(new GetRequest(CompanionIndices.state(catalog), id(version)), listener);
    }

    /** What a get has found; empty also when this version of the plugin cannot read it. */
    static Optional<SegmentVersion> read(GetResponse found) {
        return found.isExists()
                ? SegmentVersion.read(Json.readStored(found.getSourceAsBytesRef()))
                : Optional.empty();
    }

    /**
     * Stores a version under the first number that is not taken; waits for it. A number is taken
     * for good, whatever became of what it was for.
     *
     * @param least the first number to try
     * @return the number
     */
    int store(String catalog, int least, SegmentVersion segments) {
        for (int version = least; ; version++) {
            try {
                client.index(
                                CompanionIndices.write(CompanionIndices.state(catalog), id(version))
                                        .opType(DocWriteRequest.OpType.CREATE)
                                        .source(
                                                Json.smile(segments.toJson(version)),
                                                XContentType.SMILE))
                        .actionGet();
                return version;
            } catch (VersionConflictEngineException e) {
                // Of somebody who is just as far, or did not get to use it.
                continue;
            }
        }
    }

    /**
     * Removes the versions before one; waits for it. Not those after it: they may be about to be
     * used.
     */
    void removeBefore(String catalog, int version) {
        String index = CompanionIndices.state(catalog);
        BulkRequest bulk = new BulkRequest();
        new IndexScan(client)
                .run(
                        index,
                        new SearchSourceBuilder()
                                .query(
                                        QueryBuilders.boolQuery()
                                                .filter(
                                                        QueryBuilders.termQuery(
                                                                "kind", SegmentVersion.KIND))
                                                .filter(
                                                        QueryBuilders.rangeQuery("version")
                                                                .lt(version)))
                                .fetchSource(false)
                                .sort("_shard_doc"),
                        (done, total) -> {},
                        hit ->
                                bulk.add(
                                        new DeleteRequest(
                                                CompanionIndices.writeAlias(index), hit.getId())));
        if (bulk.numberOfActions() == 0) {
            return;
        }
        for (BulkItemResponse item : client.bulk(bulk).actionGet()) {
            if (item.isFailed()) {
                throw new ElasticsearchException(
                        "old segments cannot be removed", item.getFailure().getCause());
            }
        }
    }
}
