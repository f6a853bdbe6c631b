package dev.persona.plugin.follower;

import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.common.bytes.BytesArray;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Profile documents as a follower has written them, the latest used kept: as bytes, which are a
 * fraction of the profile itself. One that somebody else has written meanwhile shows by the
 * conflict when it is written.
 *
 * <p>Not safe for use by several threads.
 */
final class ProfileCache {
    private final LongSupplier mostBytes;
    private final Map<String, Written> documents = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param mostBytes what the documents may take up; may change
     */
    ProfileCache(LongSupplier mostBytes) {
        this.mostBytes = mostBytes;
    }

    private record Written(byte[] source, long seqNo, long primaryTerm) {}

    /** The document of a user, if it is here. */
    Optional<StoredProfile> find(String user, ProfileRules rules) {
        return Optional.ofNullable(documents.get(user))
                .map(
                        written ->
                                new StoredProfile(
                                        ProfileDocument.read(new BytesArray(written.source), rules),
                                        written.seqNo,
                                        written.primaryTerm));
    }

    /** Keeps what was just written. */
    void put(String user, byte[] source, long seqNo, long primaryTerm) {
        remove(user);
        documents.put(user, new Written(source, seqNo, primaryTerm));
        bytes += source.length;
        Iterator<Written> eldest = documents.values().iterator();
        while (bytes > mostBytes.getAsLong() && eldest.hasNext()) {
            bytes -= eldest.next().source.length;
            eldest.remove();
        }
    }

    void remove(String user) {
        Written before = documents.remove(user);
        if (before != null) {
            bytes -= before.source.length;
        }
    }

    void clear() {
        documents.clear();
        bytes = 0;
    }
}
