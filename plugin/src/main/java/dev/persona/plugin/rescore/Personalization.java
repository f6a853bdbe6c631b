package dev.persona.plugin.rescore;

import dev.persona.plugin.catalog.Catalog;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What the coordinating node has found out once for all shards, so that all order by the same.
 *
 * @param catalog name of the catalog
 * @param version version of the ranking model; 0 when there is no profile, so none is needed
 * @param generation of the factors in use; empty before the first training
 * @param interest the user's interest vector in that generation; empty when there is none
 * @param profile source of the user's profile document; empty when there is none
 * @param now time of the search in milliseconds, cut to the minute so that equal requests stay
 *     equal
 */
record Personalization(
        String catalog,
        int version,
        Optional<Catalog.Generation> generation,
        float[] interest,
        BytesReference profile,
        long now)
        implements Writeable {
    Personalization {
        Objects.requireNonNull(profile);
    }

    Personalization(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readVInt(),
                in.readBoolean()
                        ? Optional.of(new Catalog.Generation(in.readVInt(), in.readString()))
                        : Optional.empty(),
                in.readFloatArray(),
                in.readBytesReference(),
                in.readVLong());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(catalog);
        out.writeVInt(version);
        out.writeBoolean(generation.isPresent());
        if (generation.isPresent()) {
            out.writeVInt(generation.get().number());
            out.writeString(generation.get().slot());
        }
        out.writeFloatArray(interest);
        out.writeBytesReference(profile);
        out.writeVLong(now);
    }

    /** Whether there is anything to personalize with. */
    boolean hasProfile() {
        return profile.length() > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Personalization that
                && catalog.equals(that.catalog)
                && version == that.version
                && generation.equals(that.generation)
                && Arrays.equals(interest, that.interest)
                && profile.equals(that.profile)
                && now == that.now;
    }

    @Override
    public int hashCode() {
        return Objects.hash(catalog, version, generation, Arrays.hashCode(interest), profile, now);
    }
}
