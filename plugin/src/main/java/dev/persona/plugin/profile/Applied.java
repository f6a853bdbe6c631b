package dev.persona.plugin.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which events a profile holds: of each user id whose events count for it, all up to a sequence
 * number. All events of one user id are on one shard, so one number says it.
 *
 * @param indexUuid events index that the numbers count in; empty when there are none
 * @param seqNos last sequence number by user id; more than one after others have been merged into
 *     this user
 */
public record Applied(String indexUuid, Map<String, Long> seqNos) {
    /** Field that is there when other ids count for the user, too. */
    static final String SEVERAL = "several";

    /** Holds nothing. */
    static final Applied NOTHING = new Applied("", Map.of());

    /** Makes the numbers unmodifiable. */
    public Applied {
        seqNos = Collections.unmodifiableMap(new TreeMap<>(seqNos));
    }

    /** Whether an event of a user id, stored by an operation, is in the profile. */
    public boolean holds(String user, long operation) {
        return operation <= seqNos.getOrDefault(user, -1L);
    }

    /** The same, with the events of one more user id up to an operation. */
    Applied upTo(String user, long operation) {
        Map<String, Long> more = new TreeMap<>(seqNos);
        more.merge(user, operation, Math::max);
        return new Applied(indexUuid, more);
    }

    /** The same, with those of another profile. */
    Applied and(Applied other) {
        Map<String, Long> more = new TreeMap<>(seqNos);
        other.seqNos.forEach((user, operation) -> more.merge(user, operation, Math::max));
        return new Applied(indexUuid, more);
    }

    static Applied read(JsonNode json) {
        Map<String, Long> seqNos = new TreeMap<>();
        json.path("seq_nos")
                .properties()
                .forEach(user -> seqNos.put(user.getKey(), user.getValue().asLong()));
        return new Applied(json.path("index_uuid").asText(), seqNos);
    }

    void write(JsonGenerator json, String user) throws IOException {
        if (!seqNos.isEmpty()) {
            json.writeObjectFieldStart("applied");
            json.writeStringField("index_uuid", indexUuid);
            if (!Set.of(user).containsAll(seqNos.keySet())) {
                // To be found without parsing the document.
                json.writeBooleanField(SEVERAL, true);
            }
            ProfileDocument.writeNumbers(json, "seq_nos", seqNos);
            json.writeEndObject();
        }
    }
}
