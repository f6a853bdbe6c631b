package dev.persona.plugin.follower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;

import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.xcontent.XContentType;

import java.util.Optional;

/**
 * How far the follower of one shard of the events has come. Only saves work after a restart: each
 * profile knows by itself which events it holds.
 *
 * @param eventsUuid which events index the number counts in; one made anew, as by a restore from a
 *     snapshot, counts anew
 * @param profilesUuid the profiles index that holds the events; another one may lack some
 * @param seqNo last sequence number whose event is in its profile, -1 when none is
 */
record FollowerPosition(String eventsUuid, String profilesUuid, long seqNo) {
    private static String id(int shard) {
        return "follower-" + shard;
    }

    /** Reads the position of a shard, if one is stored. */
    static Optional<FollowerPosition> read(
            Client client, String catalog, int shard, TimeValue patience) {
        GetResponse found;
        try {
            found =
                    client.prepareGet(CompanionIndices.state(catalog), id(shard))
                            .execute()
                            .actionGet(patience);
        } catch (IndexNotFoundException e) {
            return Optional.empty();
        }
        if (!found.isExists()) {
            return Optional.empty();
        }
        JsonNode json = Json.readStored(found.getSourceAsBytesRef());
        return Optional.of(
                new FollowerPosition(
                        json.path("events_uuid").asText(),
                        json.path("profiles_uuid").asText(),
                        json.path("seq_no").asLong()));
    }

    /** The request that stores it. */
    IndexRequest store(String catalog, int shard) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "follower");
        json.put("events_uuid", eventsUuid);
        json.put("profiles_uuid", profilesUuid);
        json.put("seq_no", seqNo);
        return CompanionIndices.write(CompanionIndices.state(catalog), id(shard))
                .source(Json.bytes(json), XContentType.JSON);
    }
}
