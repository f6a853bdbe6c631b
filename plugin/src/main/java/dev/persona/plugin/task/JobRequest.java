package dev.persona.plugin.task;

import dev.persona.plugin.catalog.CatalogRequest;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.TaskId;

import java.io.IOException;
import java.util.Map;

/** A call about a catalog that takes long. */
public final class JobRequest extends CatalogRequest {
    private boolean storeResult;

    /** A call; see {@link CatalogRequest}. */
    public JobRequest(String catalog, String target, BytesReference body) {
        super(catalog, target, body);
    }

    /** Reads what {@link #writeTo} wrote. */
    public JobRequest(StreamInput in) throws IOException {
        super(in);
        storeResult = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeBoolean(storeResult);
    }

    /** Nobody waits: the result is to be kept for GET _tasks. */
    public void storeResult() {
        storeResult = true;
    }

    @Override
    public boolean getShouldStoreResult() {
        return storeResult;
    }

    @Override
    public String getDescription() {
        return target().isEmpty() ? "[" + catalog() + "]" : "[" + catalog() + "][" + target() + "]";
    }

    @Override
    public JobTask createTask(
            long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new JobTask(id, type, action, getDescription(), parent, headers);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof JobRequest that
                && storeResult == that.storeResult;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Boolean.hashCode(storeResult);
    }
}
