package dev.persona.plugin.signal;

import dev.persona.plugin.task.JobTask;

import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;

import java.util.Map;

/** The task of gathering from one shard. Shows in _tasks how far it is, and ends with its job. */
final class GatherTask extends CancellableTask {
    private volatile JobTask.Status status = new JobTask.Status("waiting", 0, 0);

    /** Made by {@link GatherSignalsRequest}. */
    GatherTask(
            long id,
            String type,
            String action,
            String description,
            TaskId parent,
            Map<String, String> headers) {
        super(id, type, action, description, parent, headers);
    }

    /**
     * Goes on.
     *
     * @throws TaskCancelledException when the job has been cancelled
     */
    void progress(long done, long total) {
        status = new JobTask.Status("reading events", done, total);
        ensureNotCancelled();
    }

    @Override
    public JobTask.Status getStatus() {
        return status;
    }
}
