package dev.persona.plugin.task;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.tasks.TaskInfo;

/**
 * Refuses a job while another of the same kind works on the same thing, anywhere in the cluster.
 */
public final class RunningJobs {
    private final Client client;

    /** Looks at the tasks of all nodes. */
    public RunningJobs(Client client) {
        this.client = client;
    }

    /**
     * Goes on if the job is the only one of its kind. Both of two that start in the same moment may
     * be refused, but never none.
     *
     * @param me the job's own task
     * @param action name of the action
     */
    public void requireAlone(TaskId me, String action, String what, ActionListener<Void> listener) {
        client.admin()
                .cluster()
                .prepareListTasks()
                .setActions(action)
                .setDetailed(true)
                .execute(
                        listener.map(
                                tasks -> {
                                    for (TaskInfo task : tasks.getTasks()) {
                                        if (!task.taskId().equals(me)
                                                && what.equals(task.description())
                                                && !isFinished(task)) {
                                            throw new ElasticsearchStatusException(
                                                    "{} is at work already as task [{}]",
                                                    RestStatus.CONFLICT,
                                                    what,
                                                    task.taskId());
                                        }
                                    }
                                    return null;
                                }));
    }

    private static boolean isFinished(TaskInfo task) {
        return task.status() instanceof JobTask.Status status && status.isFinished();
    }
}
