package dev.persona.plugin.task;

import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.json.Json;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** A short action that waits for one other after the other, on a thread that may wait. */
public abstract class WaitingAction<Q extends CatalogRequest, R extends ActionResponse>
        extends HandledTransportAction<Q, R> {
    private final ThreadPool threadPool;

    /** An action that is called by its name. */
    protected WaitingAction(
            ActionType<R> type,
            TransportService transportService,
            ActionFilters actionFilters,
            Writeable.Reader<Q> reader,
            ThreadPool threadPool) {
        super(
                type.name(),
                transportService,
                actionFilters,
                reader,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.threadPool = threadPool;
    }

    /**
     * Does the work. May wait for other actions.
     *
     * @throws InvalidFieldException when the body is wrong, which is answered with a 400
     */
    protected abstract R run(Q request);

    @Override
    protected final void doExecute(Task task, Q request, ActionListener<R> listener) {
        threadPool.generic().execute(ActionRunnable.supply(listener, () -> runAndSay(request)));
    }

    private R runAndSay(Q request) {
        try {
            return run(request);
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
    }
}
