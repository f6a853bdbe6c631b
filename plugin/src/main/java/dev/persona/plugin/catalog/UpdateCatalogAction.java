package dev.persona.plugin.catalog;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.master.AcknowledgedRequest;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.action.support.master.AcknowledgedTransportMasterNodeAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.AckedBatchedClusterStateUpdateTask;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.ClusterStateAckListener;
import org.elasticsearch.cluster.SimpleBatchedAckListenerTaskExecutor;
import org.elasticsearch.cluster.block.ClusterBlockException;
import org.elasticsearch.cluster.block.ClusterBlockLevel;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.cluster.service.MasterServiceTaskQueue;
import org.elasticsearch.common.Priority;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.Tuple;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * Changes settings or pointers of a catalog in the cluster state, on the master, one change after
 * the other. Answers when all nodes have seen the change: a search that starts later uses it.
 */
public final class UpdateCatalogAction
        extends AcknowledgedTransportMasterNodeAction<UpdateCatalogAction.Request> {
    /** Its name. */
    public static final ActionType<AcknowledgedResponse> TYPE =
            new ActionType<>("indices:admin/persona/catalog/update");

    private final ProjectResolver projects;
    private final MasterServiceTaskQueue<Change> changes;

    /** Made by Elasticsearch. */
    @Inject
    public UpdateCatalogAction(
            TransportService transportService,
            ClusterService clusterService,
            ThreadPool threadPool,
            ActionFilters actionFilters,
            ProjectResolver projects) {
        super(
                TYPE.name(),
                transportService,
                clusterService,
                threadPool,
                actionFilters,
                Request::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.projects = projects;
        this.changes =
                clusterService.createTaskQueue(
                        "persona-update-catalog",
                        Priority.NORMAL,
                        new SimpleBatchedAckListenerTaskExecutor<Change>() {
                            @Override
                            public Tuple<ClusterState, ClusterStateAckListener> executeTask(
                                    Change change, ClusterState state) {
                                return Tuple.tuple(change(state, change.request), change);
                            }
                        });
    }

    /** Which catalog, and what changes. */
    public static final class Request extends AcknowledgedRequest<Request>
            implements IndicesRequest {
        final String catalog;
        final Map<String, String> changes;

        /**
         * A change.
         *
         * @param changes new values by key, made by {@link Catalog}; none unregisters the catalog
         */
        public Request(String catalog, Map<String, String> changes) {
            super(INFINITE_MASTER_NODE_TIMEOUT, DEFAULT_ACK_TIMEOUT);
            this.catalog = Objects.requireNonNull(catalog);
            this.changes = Map.copyOf(changes);
        }

        /** The change after which it is no catalog any more; its indices stay. */
        static Request unregister(String catalog) {
            return new Request(catalog, Map.of());
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in);
            this.catalog = in.readString();
            this.changes = in.readMap(StreamInput::readString);
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeString(catalog);
            out.writeMap(changes, StreamOutput::writeString);
        }

        @Override
        public String[] indices() {
            return new String[] {CompanionIndices.profiles(catalog)};
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
        public boolean equals(Object other) {
            return other instanceof Request that
                    && catalog.equals(that.catalog)
                    && changes.equals(that.changes);
        }

        @Override
        public int hashCode() {
            return Objects.hash(catalog, changes);
        }
    }

    /** Changes a catalog, on behalf of whom the client acts for; waits for it. */
    public static void change(Client client, String catalog, Map<String, String> changes) {
        client.execute(TYPE, new Request(catalog, changes)).actionGet();
    }

    @Override
    protected void masterOperation(
            Task task,
            Request request,
            ClusterState state,
            ActionListener<AcknowledgedResponse> listener) {
        changes.submitTask(
                "persona-update-catalog [" + request.catalog + "]",
                new Change(request, listener),
                request.masterNodeTimeout());
    }

    /** One change that waits for its turn. */
    private static final class Change extends AckedBatchedClusterStateUpdateTask {
        private final Request request;

        Change(Request request, ActionListener<AcknowledgedResponse> listener) {
            super(request.ackTimeout(), listener);
            this.request = request;
        }
    }

    private ClusterState change(ClusterState state, Request request) {
        ProjectMetadata project = projects.getProjectMetadata(state);
        IndexMetadata profiles = project.index(CompanionIndices.profiles(request.catalog));
        if (profiles == null) {
            throw new ResourceNotFoundException(
                    "[{}] has been removed meanwhile", CompanionIndices.profiles(request.catalog));
        }
        Map<String, String> stored = profiles.getCustomData(Catalog.METADATA);
        Map<String, String> changed =
                Catalog.apply(request.catalog, stored == null ? Map.of() : stored, request.changes);
        IndexMetadata.Builder index =
                IndexMetadata.builder(profiles).putCustom(Catalog.METADATA, changed);
        return ClusterState.builder(state)
                .putProjectMetadata(ProjectMetadata.builder(project).put(index))
                .build();
    }

    @Override
    protected ClusterBlockException checkBlock(Request request, ClusterState state) {
        return state.blocks()
                .globalBlockedException(projects.getProjectId(), ClusterBlockLevel.METADATA_WRITE);
    }
}
