package dev.persona.plugin.task;

import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.xcontent.XContentBuilder;

import java.io.IOException;
import java.util.Map;

/** The task of a long job. Shows its phase and progress in _tasks and can be cancelled there. */
public final class JobTask extends CancellableTask {
    private static final String FINISHED = "finished";

    private volatile Status status = new Status("waiting", 0, 0);

    /** Made by {@link JobRequest}. */
    JobTask(
            long id,
            String type,
            String action,
            String description,
            TaskId parent,
            Map<String, String> headers) {
        super(id, type, action, description, parent, headers);
    }

    /**
     * Enters a phase, or goes on in it.
     *
     * @param total how much there is to do in this phase; 0 when unknown
     * @throws TaskCancelledException when the job has been cancelled
     */
    public void progress(String phase, long done, long total) {
        status = new Status(phase, done, total);
        ensureNotCancelled();
    }

    /** Enters the last phase: nothing is done any more, however it ended. */
    void finish() {
        status = new Status(FINISHED, status.done, status.total);
    }

    /** The exception that answers for whatever the cancelling has ended in. */
    public TaskCancelledException cancelled(RuntimeException e) {
        return new TaskCancelledException("task cancelled [" + getReasonCancelled() + "]: " + e);
    }

    @Override
    public Status getStatus() {
        return status;
    }

    /**
     * What a job is at.
     *
     * @param phase what it does now
     * @param done how much of it is done
     * @param total how much there is to do; 0 when unknown
     */
    public record Status(String phase, long done, long total) implements Task.Status {
        /** Name on the wire. */
        public static final String NAME = "persona_job";

        /** Reads what {@link #writeTo} wrote. */
        public Status(StreamInput in) throws IOException {
            this(in.readString(), in.readVLong(), in.readVLong());
        }

        /** Whether only the result remains, to be stored or sent. */
        boolean isFinished() {
            return phase.equals(FINISHED);
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(phase);
            out.writeVLong(done);
            out.writeVLong(total);
        }

        @Override
        public String getWriteableName() {
            return NAME;
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            builder.startObject();
            builder.field("phase", phase);
            builder.field("done", done);
            if (total > 0) {
                builder.field("total", total);
            }
            return builder.endObject();
        }
    }
}
