package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.JsonResponse;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.admin.indices.delete.DeleteIndexRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

import java.io.IOException;
import java.util.Iterator;

/**
 * Unregisters a catalog. Its events and profiles are kept unless the call says {@code purge=true};
 * the products are never touched.
 */
public final class DeleteCatalogAction
        extends HandledTransportAction<DeleteCatalogAction.Request, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/catalog/delete");

    private final Client client;
    private final Catalogs catalogs;

    /** Made by Elasticsearch. */
    @Inject
    public DeleteCatalogAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                Request::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
        this.catalogs = catalogs;
    }

    /** Which catalog, and whether to remove what is stored for it. */
    public static final class Request extends CatalogRequest {
        private final boolean purge;

        /** A call. */
        public Request(String catalog, boolean purge) {
            super(catalog, BytesArray.EMPTY);
            this.purge = purge;
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in);
            this.purge = in.readBoolean();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeBoolean(purge);
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && other instanceof Request that && purge == that.purge;
        }

        @Override
        public int hashCode() {
            return 31 * super.hashCode() + Boolean.hashCode(purge);
        }
    }

    @Override
    protected void doExecute(Task task, Request request, ActionListener<JsonResponse> listener) {
        boolean purge = request.purge;
        String name = request.catalog();
        if (!(purge && catalogs.kept(name).isPresent())) {
            catalogs.get(name);
        }
        ActionListener<Void> done =
                listener.map(
                        nothing -> {
                            ObjectNode json = JsonNodeFactory.instance.objectNode();
                            json.put("acknowledged", true);
                            json.put("purged", purge);
                            return new JsonResponse(json);
                        });
        if (purge) {
            delete(CompanionIndices.all(name).iterator(), done);
        } else {
            client.execute(
                    UpdateCatalogAction.TYPE,
                    UpdateCatalogAction.Request.unregister(name),
                    done.map(acknowledged -> null));
        }
    }

    private void delete(Iterator<String> indices, ActionListener<Void> listener) {
        if (!indices.hasNext()) {
            listener.onResponse(null);
            return;
        }
        String index = indices.next();
        if (!catalogs.hasIndex(index)) {
            delete(indices, listener);
            return;
        }
        client.admin()
                .indices()
                .delete(
                        new DeleteIndexRequest(index),
                        listener.delegateFailureAndWrap((l, deleted) -> delete(indices, l)));
    }
}
