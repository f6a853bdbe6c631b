package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.xcontent.XContentType;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the follower of one shard of the events has come. Only saves work after a restart: each
 * profile knows by itself which events it holds.
 *
 * @param indexUuid which index the number counts in; an events index made anew counts anew
 * @param seqNo last sequence number whose event is in its profile, -1 when none is
 */
public record FollowerPosition(String indexUuid, long seqNo) {
    private static String id(int shard) {
        return "follower-" + shard;
    }

    /** Reads the position of each shard that has one. */
    public static void readAll(
            Client client,
            String catalog,
            Collection<Integer> shards,
            ActionListener<Map<Integer, FollowerPosition>> listener) {
        if (shards.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        MultiGetRequest request = new MultiGetRequest();
        shards.forEach(shard -> request.add(CompanionIndices.state(catalog), id(shard)));
        client.multiGet(
                request,
                listener.map(
                        found -> {
                            Map<Integer, FollowerPosition> positions = new HashMap<>();
                            int next = 0;
                            for (int shard : shards) {
                                read(found.getResponses()[next++])
                                        .ifPresent(position -> positions.put(shard, position));
                            }
                            return positions;
                        }));
    }

    private static Optional<FollowerPosition> read(MultiGetItemResponse item) {
        if (item.isFailed()
                && !(ExceptionsHelper.unwrapCause(item.getFailure().getFailure())
                        instanceof IndexNotFoundException)) {
            throw new ElasticsearchException(
                    "the position of a follower cannot be read", item.getFailure().getFailure());
        }
        GetResponse response = item.getResponse();
        if (response == null || !response.isExists()) {
            return Optional.empty();
        }
        JsonNode json = Json.readStored(response.getSourceAsBytesRef());
        return Optional.of(
                new FollowerPosition(
                        json.path("index_uuid").asText(), json.path("seq_no").asLong()));
    }

    /** The request that stores it. */
    public IndexRequest store(String catalog, int shard) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "follower");
        json.put("index_uuid", indexUuid);
        json.put("seq_no", seqNo);
        return CompanionIndices.write(CompanionIndices.state(catalog), id(shard))
                .source(Json.bytes(json), XContentType.JSON);
    }
}
