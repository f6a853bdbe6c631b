package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceAlreadyExistsException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.xcontent.XContentType;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Registers a catalog: checks the fields it names, adds the vector fields to the product index,
 * creates the companion indices, and last of all writes the settings, which is what makes it a
 * catalog. Whatever fails before leaves nothing that a second try could not go on from: what the
 * products cannot take is refused before a companion index is made for it.
 */
public final class PutCatalogAction extends HandledTransportAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:admin/persona/catalog/put");

    private final Client client;
    private final Catalogs catalogs;
    private final FieldRoles roles;

    /** Made by Elasticsearch. */
    @Inject
    public PutCatalogAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
        this.catalogs = catalogs;
        this.roles = new FieldRoles(client);
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        CatalogSettings settings;
        try {
            settings = CatalogSettings.parse(Json.readBody(request.body()));
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
        String name = request.catalog();
        if (catalogs.productIndices(name).isEmpty()) {
            throw new IndexNotFoundException(name);
        }
        Optional<Catalog> registered = catalogs.find(name);
        if (registered.isPresent()) {
            refuseOtherSettings(registered.get(), settings);
        }
        roles.check(
                name,
                settings,
                listener.delegateFailureAndWrap(
                        (l, checked) ->
                                addVectors(
                                        name,
                                        settings,
                                        l.delegateFailureAndWrap(
                                                (m, added) -> createIndices(name, settings, m)))));
    }

    private static void refuseOtherSettings(Catalog registered, CatalogSettings settings) {
        List<String> differences = registered.settings().differences(settings);
        if (!differences.isEmpty()) {
            throw new ElasticsearchStatusException(
                    "[{}] is registered already with other settings: {}; DELETE /{}/_persona"
                            + " first to register it anew",
                    RestStatus.CONFLICT,
                    registered.name(),
                    differences,
                    registered.name());
        }
    }

    private void addVectors(String name, CatalogSettings settings, ActionListener<Void> listener) {
        PutMappingRequest mapping =
                new PutMappingRequest(catalogs.productIndices(name).toArray(String[]::new))
                        .source(CompanionIndices.itemMapping(settings), XContentType.JSON);
        client.admin().indices().putMapping(mapping, listener.map(mapped -> null));
    }

    private void createIndices(
            String name, CatalogSettings settings, ActionListener<JsonResponse> listener) {
        create(
                CompanionIndices.create(name, settings).iterator(),
                listener.delegateFailureAndWrap((l, created) -> store(name, settings, l)));
    }

    private void create(Iterator<CreateIndexRequest> requests, ActionListener<Void> listener) {
        if (!requests.hasNext()) {
            listener.onResponse(null);
            return;
        }
        CreateIndexRequest request = requests.next();
        ActionListener<Void> next =
                listener.delegateFailureAndWrap((l, created) -> create(requests, l));
        client.admin()
                .indices()
                .create(
                        request,
                        ActionListener.wrap(
                                created -> next.onResponse(null),
                                e -> {
                                    if (ExceptionsHelper.unwrapCause(e)
                                            instanceof ResourceAlreadyExistsException) {
                                        requireSameMapping(request, next);
                                    } else {
                                        next.onFailure(e);
                                    }
                                }));
    }

    /**
     * An index left by an earlier try, or kept by an unregistration, must fit the settings now: its
     * vectors may have another length.
     */
    private void requireSameMapping(CreateIndexRequest request, ActionListener<Void> listener) {
        PutMappingRequest mapping =
                new PutMappingRequest(request.index())
                        .source(request.mappings(), XContentType.JSON);
        client.admin().indices().putMapping(mapping, listener.map(same -> null));
    }

    private void store(
            String name, CatalogSettings settings, ActionListener<JsonResponse> listener) {
        client.execute(
                UpdateCatalogAction.TYPE,
                new UpdateCatalogAction.Request(name, Catalog.change(settings)),
                listener.map(
                        stored -> {
                            ObjectNode json = JsonNodeFactory.instance.objectNode();
                            json.put("acknowledged", stored.isAcknowledged());
                            json.put("catalog", name);
                            return new JsonResponse(json);
                        }));
    }
}
