package dev.persona.plugin.follower;

import dev.persona.plugin.profile.StoredProfile;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Profile documents as a follower wrote them last, the latest used kept. One that somebody else has
 * written meanwhile shows by the conflict when it is written.
 *
 * <p>Not safe for use by several threads.
 */
final class ProfileCache {
    private final long mostBytes;
    private final Map<String, StoredProfile> documents = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param mostBytes source bytes of the documents kept; in memory they take several times that
     */
    ProfileCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Optional<StoredProfile> find(String user) {
        return Optional.ofNullable(documents.get(user));
    }

    void put(String user, StoredProfile stored) {
        remove(user);
        documents.put(user, stored);
        bytes += stored.bytes();
        Iterator<Map.Entry<String, StoredProfile>> eldest = documents.entrySet().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            bytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }

    void remove(String user) {
        StoredProfile before = documents.remove(user);
        if (before != null) {
            bytes -= before.bytes();
        }
    }

    void clear() {
        documents.clear();
        bytes = 0;
    }
}
