package dev.persona.plugin.task;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.json.Unavailable;
import dev.persona.profiling.factorization.BlasUnavailableException;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.segment.InsufficientUsersException;
import dev.persona.ranking.model.LightGbmUnavailableException;
import dev.persona.ranking.training.InsufficientDataException;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.concurrent.Executor;

/** An action that takes long: one at a time for one thing, on threads of its own, cancellable. */
public abstract class JobAction extends HandledTransportAction<JobRequest, JsonResponse> {
    /** How many jobs run at once on one node; more wait. */
    public static final int MOST_AT_ONCE = 2;

    /** Thread pool of the jobs. */
    public static final String THREAD_POOL = "persona_jobs";

    private final String action;
    private final Client client;
    private final ClusterService clusterService;
    private final Executor executor;
    private final RunningJobs running;

    /** A job that is called by an action's name. */
    protected JobAction(
            ActionType<JsonResponse> type,
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool) {
        super(
                type.name(),
                transportService,
                actionFilters,
                JobRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.action = type.name();
        this.client = client;
        this.clusterService = clusterService;
        this.executor = threadPool.executor(THREAD_POOL);
        this.running = new RunningJobs(client);
    }

    /**
     * How many threads one job may compute on: half of the processors, the rest is for searches.
     *
     * @return at least 1
     */
    protected final int threads() {
        return Math.max(1, EsExecutors.allocatedProcessors(clusterService.getSettings()) / 2);
    }

    /** How many bytes of heap one job may take: together all that run at once take half of it. */
    protected static long heapForOneJob() {
        return Runtime.getRuntime().maxMemory() / (2 * MOST_AT_ONCE);
    }

    /**
     * Does the work. May wait for other actions.
     *
     * @param client acts for the caller; what it does ends with the task
     */
    protected abstract JsonResponse run(JobTask task, JobRequest request, Client client)
            throws Exception;

    /** Refuses what cannot work before anything is started; throws to refuse. */
    protected abstract void check(JobRequest request);

    @Override
    protected final void doExecute(
            Task task, JobRequest request, ActionListener<JsonResponse> listener) {
        JobTask job = (JobTask) task;
        // The task is there until its result is stored, which must not hold up the next job.
        ActionListener<JsonResponse> ended = ActionListener.runBefore(listener, job::finish);
        try {
            check(request);
        } catch (RuntimeException e) {
            ended.onFailure(said(e));
            return;
        }
        TaskId me = new TaskId(clusterService.localNode().getId(), task.getId());
        Client own = new ParentTaskAssigningClient(client, me);
        running.requireAlone(
                me,
                action,
                request.getDescription(),
                ended.delegateFailureAndWrap(
                        (l, alone) ->
                                executor.execute(
                                        ActionRunnable.supply(
                                                l, () -> runAndSay(job, request, own)))));
    }

    private JsonResponse runAndSay(JobTask job, JobRequest request, Client own) throws Exception {
        try {
            return run(job, request, own);
        } catch (TaskCancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            // A search or a factorization that was cancelled has a name of its own for that.
            throw job.isCancelled() ? job.cancelled(e) : said(e);
        }
    }

    /** As an HTTP status: the caller's fault, ours, or that of what is missing here. */
    private static RuntimeException said(RuntimeException e) {
        return switch (e) {
            case InvalidFieldException invalid -> Json.badRequest(invalid);
            case InsufficientDataException few ->
                    new ElasticsearchStatusException(few.getMessage(), RestStatus.BAD_REQUEST, few);
            case InsufficientUsersException few ->
                    new ElasticsearchStatusException(few.getMessage(), RestStatus.BAD_REQUEST, few);
            case BlasUnavailableException blas -> Unavailable.because(blas);
            case LightGbmUnavailableException lightGbm -> Unavailable.because(lightGbm);
            default -> e;
        };
    }
}
