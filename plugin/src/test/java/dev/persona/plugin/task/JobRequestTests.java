package dev.persona.plugin.task;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.util.Map;

public class JobRequestTests extends AbstractWireSerializingTestCase<JobRequest> {
    @Override
    protected Writeable.Reader<JobRequest> instanceReader() {
        return JobRequest::new;
    }

    @Override
    protected JobRequest createTestInstance() {
        return request(
                randomIdentifier(),
                randomBoolean() ? "" : randomIdentifier(),
                randomBytesReference(between(0, 50)),
                randomBoolean());
    }

    private static JobRequest request(
            String catalog, String target, BytesReference body, boolean stored) {
        JobRequest request = new JobRequest(catalog, target, body);
        if (stored) {
            request.storeResult();
        }
        return request;
    }

    @Override
    protected JobRequest mutateInstance(JobRequest request) {
        String catalog = request.catalog();
        String target = request.target();
        BytesReference body = request.body();
        boolean stored = request.getShouldStoreResult();
        return switch (between(0, 3)) {
            case 0 -> request(catalog + "x", target, body, stored);
            case 1 -> request(catalog, target + "x", body, stored);
            case 2 -> request(catalog, target, randomBytesReference(51), stored);
            default -> request(catalog, target, body, !stored);
        };
    }

    public void testItsTaskSaysWhatItIsAboutAndCanBeCancelled() {
        JobRequest request = request("products", "default", randomBytesReference(1), false);

        Task task = request.createTask(1, "transport", "action", TaskId.EMPTY_TASK_ID, Map.of());

        assertEquals("[products][default]", task.getDescription());
        assertTrue(task instanceof CancellableTask);
        assertEquals(
                "[products]",
                request("products", "", randomBytesReference(0), false).getDescription());
    }
}
