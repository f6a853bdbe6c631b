package dev.persona.plugin.model;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.WriteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;
import org.elasticsearch.xcontent.XContentType;

import java.util.Arrays;
import java.util.List;

/** Stores versions of ranking models in the state index of their catalog, and reads them. */
final class ModelStore {
    /** How many versions a listing shows; the newest first. */
    private static final int MOST_LISTED = 100;

    private final Client client;

    ModelStore(Client client) {
        this.client = client;
    }

    private static String id(String model, int version) {
        return "model-" + version + "-" + model;
    }

    /** Stores a version; fails when it is there already. */
    void store(String catalog, ModelVersion version, ActionListener<Void> listener) {
        client.index(
                CompanionIndices.write(
                                CompanionIndices.state(catalog),
                                id(version.model(), version.version()))
                        .opType(DocWriteRequest.OpType.CREATE)
                        .setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE)
                        .source(Json.bytes(version.toJson()), XContentType.JSON),
                listener.map(stored -> null));
    }

    /**
     * Reads a version. The answer may come on a transport thread, unparsed.
     *
     * @throws ResourceNotFoundException through the listener when there is no such version
     */
    void get(String catalog, String model, int version, ActionListener<BytesReference> listener) {
        client.get(
                new GetRequest(CompanionIndices.state(catalog), id(model, version)),
                listener.map(
                        found -> {
                            if (!found.isExists()) {
                                throw new ResourceNotFoundException(
                                        "ranking model [{}] of [{}] has no version [{}]",
                                        model,
                                        catalog,
                                        version);
                            }
                            return found.getSourceAsBytesRef();
                        }));
    }

    /** Lists the versions of a model, the newest first, as they are stored, without the forest. */
    void list(String catalog, String model, ActionListener<List<JsonNode>> listener) {
        SearchSourceBuilder source =
                new SearchSourceBuilder()
                        .query(
                                QueryBuilders.boolQuery()
                                        .filter(QueryBuilders.termQuery("kind", "model"))
                                        .filter(QueryBuilders.termQuery("model", model)))
                        .sort("version", SortOrder.DESC)
                        .fetchSource(null, "text")
                        .size(MOST_LISTED);
        client.search(
                new SearchRequest(CompanionIndices.state(catalog)).source(source),
                listener.map(
                        found ->
                                Arrays.stream(found.getHits().getHits())
                                        .map(hit -> Json.readStored(hit.getSourceRef()))
                                        .toList()));
    }
}
