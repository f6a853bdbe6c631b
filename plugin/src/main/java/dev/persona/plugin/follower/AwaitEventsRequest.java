package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.CatalogRequest;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/** Which shards of a catalog's events to wait for, for what, and how long. */
public final class AwaitEventsRequest extends CatalogRequest {
    private final int[] shards;
    private final Until until;
    private final TimeValue timeout;

    /** What is to have happened to everything that a shard holds. */
    public enum Until {
        /** It is on all in-sync copies, so that no failure takes it back. */
        DURABLE,
        /** It is in the profiles, as calls and searches see them. */
        APPLIED,
        /** It is in the stored documents of the profiles. */
        WRITTEN
    }

    /**
     * A call.
     *
     * @param shards numbers of the shards
     */
    public AwaitEventsRequest(
            String catalog, Collection<Integer> shards, Until until, TimeValue timeout) {
        this(
                catalog,
                shards.stream().mapToInt(Integer::intValue).sorted().toArray(),
                until,
                timeout);
    }

    private AwaitEventsRequest(String catalog, int[] shards, Until until, TimeValue timeout) {
        super(catalog, BytesArray.EMPTY);
        this.shards = shards;
        this.until = Objects.requireNonNull(until);
        this.timeout = Objects.requireNonNull(timeout);
    }

    /** Reads what {@link #writeTo} wrote. */
    public AwaitEventsRequest(StreamInput in) throws IOException {
        super(in);
        this.shards = in.readVIntArray();
        this.until = in.readEnum(Until.class);
        this.timeout = in.readTimeValue();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeVIntArray(shards);
        out.writeEnum(until);
        out.writeTimeValue(timeout);
    }

    int[] shards() {
        return shards;
    }

    Until until() {
        return until;
    }

    TimeValue timeout() {
        return timeout;
    }

    AwaitEventsRequest ofShard(int shard) {
        return new AwaitEventsRequest(catalog(), new int[] {shard}, until, timeout);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof AwaitEventsRequest that
                && Arrays.equals(shards, that.shards)
                && until == that.until
                && timeout.equals(that.timeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), Arrays.hashCode(shards), until, timeout);
    }
}
