package dev.persona.plugin.task;

import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.tasks.TaskCancelHelper;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.util.Map;

public class JobStatusTests extends AbstractWireSerializingTestCase<JobTask.Status> {
    @Override
    protected Writeable.Reader<JobTask.Status> instanceReader() {
        return JobTask.Status::new;
    }

    @Override
    protected JobTask.Status createTestInstance() {
        return new JobTask.Status(
                randomAlphaOfLengthBetween(0, 20),
                randomNonNegativeLong(),
                randomNonNegativeLong());
    }

    @Override
    protected JobTask.Status mutateInstance(JobTask.Status status) {
        return switch (between(0, 2)) {
            case 0 -> new JobTask.Status(status.phase() + "x", status.done(), status.total());
            case 1 -> new JobTask.Status(status.phase(), status.done() / 2 + 1, status.total());
            default -> new JobTask.Status(status.phase(), status.done(), status.total() / 2 + 1);
        };
    }

    public void testAnUnknownTotalIsNotShown() {
        assertEquals(
                "{\"phase\":\"reading\",\"done\":3,\"total\":4}",
                Strings.toString(new JobTask.Status("reading", 3, 4)));
        assertEquals(
                "{\"phase\":\"reading\",\"done\":3}",
                Strings.toString(new JobTask.Status("reading", 3, 0)));
    }

    public void testACancelledJobStopsAtItsNextProgress() {
        JobTask task = new JobTask(1, "transport", "action", "", TaskId.EMPTY_TASK_ID, Map.of());
        task.progress("reading", 1, 2);

        TaskCancelHelper.cancel(task, "enough");

        expectThrows(TaskCancelledException.class, () -> task.progress("reading", 2, 2));
    }
}
