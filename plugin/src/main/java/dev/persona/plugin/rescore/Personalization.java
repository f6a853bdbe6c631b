package dev.persona.plugin.rescore;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;

import java.io.IOException;
import java.util.Objects;

/**
 * What the coordinating node has found out once for all shards, so that all order by the same.
 *
 * @param catalog name of the catalog
 * @param version version of the ranking model; 0 when there is no profile, so none is needed
 * @param slot factor slot in use; empty before the first training
 * @param profile source of the user's profile document; empty when there is none
 * @param now time of the search in milliseconds, cut to the minute so that equal requests stay
 *     equal
 */
record Personalization(String catalog, int version, String slot, BytesReference profile, long now)
        implements Writeable {
    Personalization {
        Objects.requireNonNull(profile);
    }

    Personalization(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readVInt(),
                in.readString(),
                in.readBytesReference(),
                in.readVLong());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(catalog);
        out.writeVInt(version);
        out.writeString(slot);
        out.writeBytesReference(profile);
        out.writeVLong(now);
    }

    /** Whether there is anything to personalize with. */
    boolean hasProfile() {
        return profile.length() > 0;
    }
}
