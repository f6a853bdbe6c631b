package dev.persona.plugin.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileJson;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.common.bytes.BytesReference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The document of one user in the profiles index.
 *
 * @param profile what the user likes
 * @param indexUuid which events index {@code seqNo} counts in; empty when there is no event yet
 * @param seqNo last operation of the user's shard of the events that the profile holds, -1 for none
 * @param interests interest vector by slot, as stored
 */
public record ProfileDocument(
        Profile profile, String indexUuid, long seqNo, Map<String, JsonNode> interests) {
    private static final List<String> SLOTS = List.of("a", "b");

    /** The document of a user who has none yet. */
    static ProfileDocument empty(ProfileRules rules) {
        return new ProfileDocument(new Profile(rules), "", -1, Map.of());
    }

    /** Reads the source of a document. */
    public static ProfileDocument read(BytesReference source, ProfileRules rules) {
        JsonNode json = Json.readStored(source);
        Map<String, JsonNode> interests = new HashMap<>();
        for (String slot : SLOTS) {
            JsonNode vector = json.path(Catalog.interestVectorField(slot));
            if (vector.isArray()) {
                interests.put(slot, vector);
            }
        }
        JsonNode applied = json.path("applied");
        return new ProfileDocument(
                ProfileJson.read(json.path("profile"), rules),
                applied.path("index_uuid").asText(),
                applied.path("seq_no").asLong(-1),
                interests);
    }

    /** The source of the document. */
    byte[] source(String user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user_id", user);
        if (!profile.isEmpty()) {
            json.put("first_seen", profile.firstSeen());
            json.put("last_seen", profile.lastSeen());
        }
        json.set("profile", ProfileJson.stored(profile));
        ObjectNode applied = json.putObject("applied");
        applied.put("index_uuid", indexUuid);
        applied.put("seq_no", seqNo);
        interests.forEach((slot, vector) -> json.set(Catalog.interestVectorField(slot), vector));
        return Json.bytes(json);
    }

    /** Whether an operation of an events index is in the profile already. */
    boolean holds(String uuid, long operation) {
        return indexUuid.equals(uuid) && operation <= seqNo;
    }

    /** The same profile, said to hold everything up to an operation. */
    ProfileDocument upTo(String uuid, long operation) {
        return new ProfileDocument(profile, uuid, operation, interests);
    }

    /** Interest vector in a slot; empty when there is none. */
    public float[] interest(String slot) {
        JsonNode vector = interests.get(slot);
        if (vector == null) {
            return new float[0];
        }
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i).floatValue();
        }
        return numbers;
    }
}
