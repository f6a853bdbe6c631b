package dev.persona.plugin.signal;

import dev.persona.ranking.signal.SignalSums;

import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Objects;

/** What the events of one shard say. */
public final class GatherSignalsResponse extends ActionResponse {
    private final SignalSums sums;

    GatherSignalsResponse(SignalSums sums) {
        this.sums = Objects.requireNonNull(sums);
    }

    /** Reads what {@link #writeTo} wrote. */
    public GatherSignalsResponse(StreamInput in) throws IOException {
        this.sums =
                new SignalSums(
                        ids(in),
                        ids(in),
                        new SignalSums.Pairs(
                                in.readVIntArray(),
                                in.readVIntArray(),
                                in.readDoubleArray(),
                                in.readFloatArray(),
                                in.readLongArray(),
                                in.readIntArray()),
                        new SignalSums.Behaviour(
                                in.readDoubleArray(),
                                in.readVIntArray(),
                                in.readVIntArray(),
                                in.readVLongArray()));
    }

    private static SignalSums.Ids ids(StreamInput in) throws IOException {
        return new SignalSums.Ids(in.readStringCollectionAsList(), in.readVIntArray());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        write(sums.users(), out);
        write(sums.items(), out);
        out.writeVIntArray(sums.pairs().counts());
        out.writeVIntArray(sums.pairs().items());
        out.writeDoubleArray(sums.pairs().weights());
        out.writeFloatArray(sums.pairs().heaviest());
        out.writeLongArray(sums.pairs().last());
        out.writeIntArray(sums.pairs().bought());
        out.writeDoubleArray(sums.behaviour().weights());
        out.writeVIntArray(sums.behaviour().clicks());
        out.writeVIntArray(sums.behaviour().shown());
        out.writeVLongArray(sums.behaviour().clicked());
    }

    private static void write(SignalSums.Ids ids, StreamOutput out) throws IOException {
        out.writeStringCollection(ids.ids());
        out.writeVIntArray(ids.events());
    }

    /** Sums over the events. */
    SignalSums sums() {
        return sums;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GatherSignalsResponse that && sums.equals(that.sums);
    }

    @Override
    public int hashCode() {
        return sums.hashCode();
    }
}
