package dev.persona.plugin.signal;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.generation.TrainingWindowJson;
import dev.persona.ranking.signal.TrainingWindow;

import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.UntypedActionRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.TaskId;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Which shard of a catalog's events to walk. Needs what searching these needs. */
public final class GatherSignalsRequest extends UntypedActionRequest implements IndicesRequest {
    private final String catalog;
    private final int shard;
    private final TrainingWindow window;
    private final long now;

    /**
     * A shard.
     *
     * @param shard its number
     * @param window says which events count, and how they fade
     * @param now time in milliseconds since 1970 that weights are decayed to, the same for all
     *     shards
     */
    public GatherSignalsRequest(String catalog, int shard, TrainingWindow window, long now) {
        this.catalog = Objects.requireNonNull(catalog);
        this.shard = shard;
        this.window = Objects.requireNonNull(window);
        this.now = now;
    }

    /** Reads what {@link #writeTo} wrote. */
    public GatherSignalsRequest(StreamInput in) throws IOException {
        super(in);
        this.catalog = in.readString();
        this.shard = in.readVInt();
        this.window = TrainingWindowJson.read(in);
        this.now = in.readLong();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(catalog);
        out.writeVInt(shard);
        TrainingWindowJson.write(window, out);
        out.writeLong(now);
    }

    String catalog() {
        return catalog;
    }

    int shard() {
        return shard;
    }

    TrainingWindow window() {
        return window;
    }

    long now() {
        return now;
    }

    @Override
    public String[] indices() {
        return new String[] {CompanionIndices.events(catalog)};
    }

    @Override
    public IndicesOptions indicesOptions() {
        return IndicesOptions.STRICT_SINGLE_INDEX_NO_EXPAND_FORBID_CLOSED;
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public String getDescription() {
        return "[" + CompanionIndices.events(catalog) + "][" + shard + "]";
    }

    @Override
    public GatherTask createTask(
            long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new GatherTask(id, type, action, getDescription(), parent, headers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GatherSignalsRequest that
                && catalog.equals(that.catalog)
                && shard == that.shard
                && window.equals(that.window)
                && now == that.now;
    }

    @Override
    public int hashCode() {
        return Objects.hash(catalog, shard, window, now);
    }
}
