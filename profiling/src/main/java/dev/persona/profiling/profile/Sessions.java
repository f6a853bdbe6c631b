package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Arrays;

/**
 * How many different sessions a user had: exact up to {@value #KEPT}, an estimate beyond.
 *
 * <p>A bottom-k sketch (Beyer, Haas, Reinwald, Sismanis, Gemulla: On Synopses for Distinct-Value
 * Estimation Under Multiset Operations, SIGMOD 2007): the {@value #KEPT} smallest hashes of session
 * ids are kept, and where the largest of them lies tells how many there are. The sketch of a union
 * is the union of the sketches, cut to size. The standard error is about 6 %.
 */
public final class Sessions {
    /** How many hashes are kept. */
    static final int KEPT = 256;

    /** Bits of a hash: few enough for a double to hold, enough for equal ones to be unheard of. */
    private static final int BITS = 52;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[4];
    private int size;
    private boolean more;

    Sessions() {}

    void add(String session) {
        add(hash(session));
    }

    private void add(long hash) {
        int place = Arrays.binarySearch(hashes, 0, size, hash);
        if (place >= 0) {
            return;
        }
        int at = -place - 1;
        if (size == KEPT) {
            more = true;
            if (at == KEPT) {
                return;
            }
            size--;
        } else if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        System.arraycopy(hashes, at, hashes, at + 1, size - at);
        hashes[at] = hash;
        size++;
    }

    void absorb(Sessions other) {
        for (int i = 0; i < other.size; i++) {
            add(other.hashes[i]);
        }
        more |= other.more;
    }

    /** FNV-1a over the characters, then the finalizer of SplitMix64, which spreads it evenly. */
    private static long hash(String session) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < session.length(); i++) {
            hash = (hash ^ session.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return (hash ^ (hash >>> 31)) >>> (Long.SIZE - BITS);
    }

    /** Number of different sessions. */
    public long count() {
        if (!more) {
            return size;
        }
        // Never fewer than have certainly been seen.
        double share = (hashes[KEPT - 1] + 1) / (double) (1L << BITS);
        return Math.max(KEPT + 1, Math.round((KEPT - 1) / share));
    }

    void write(JsonGenerator json) throws IOException {
        if (size > 0) {
            json.writeFieldName("sessions");
            json.writeArray(hashes, 0, size);
        }
        if (more) {
            json.writeBooleanField("more_sessions", true);
        }
    }

    void read(JsonNode profile) {
        JsonNode json = profile.path("sessions");
        hashes = new long[Math.max(4, json.size())];
        for (JsonNode hash : json) {
            add(hash.asLong());
        }
        more = profile.path("more_sessions").asBoolean();
    }
}
