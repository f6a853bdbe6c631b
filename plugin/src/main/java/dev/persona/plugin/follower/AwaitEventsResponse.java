package dev.persona.plugin.follower;

import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** The operation that each shard was waited for: the last one it held when it was asked. */
public final class AwaitEventsResponse extends ActionResponse {
    private final Map<Integer, Long> reached;

    /** Sequence number by shard. */
    public AwaitEventsResponse(Map<Integer, Long> reached) {
        this.reached = Map.copyOf(reached);
    }

    /** Reads what {@link #writeTo} wrote. */
    public AwaitEventsResponse(StreamInput in) throws IOException {
        this.reached = in.readMap(StreamInput::readVInt, StreamInput::readZLong);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeMap(reached, StreamOutput::writeVInt, StreamOutput::writeZLong);
    }

    /** The operation that a shard was waited for; -1 when it was not asked. */
    public long reached(int shard) {
        return reached.getOrDefault(shard, -1L);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AwaitEventsResponse that && reached.equals(that.reached);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(reached);
    }
}
