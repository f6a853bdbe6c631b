package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceAlreadyExistsException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.admin.indices.alias.IndicesAliasesRequest;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.xcontent.XContentType;

import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private final Pseudonyms pseudonyms;
    private final FieldRoles roles;

    /** Made by Elasticsearch. */
    @Inject
    public PutCatalogAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms) {
        super(
                TYPE.name(),
                transportService,
                actionFilters,
                CatalogRequest::new,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
        this.roles = new FieldRoles(client);
    }

    @Override
    protected void doExecute(
            Task task, CatalogRequest request, ActionListener<JsonResponse> listener) {
        String name = request.catalog();
        CatalogSettings settings = settings(name, request.body());
        if (catalogs.productIndices(name).isEmpty()) {
            throw new IndexNotFoundException(name);
        }
        refuseSharedProducts(name);
        catalogs.find(name)
                .ifPresent(registered -> refuseOtherSettings(name, registered, settings));
        catalogs.kept(name).ifPresent(kept -> refuseOtherRules(name, kept, settings));
        roles.check(
                name,
                settings,
                listener.delegateFailureAndWrap(
                        (l, checked) ->
                                ItemMapping.put(
                                        client,
                                        catalogs.productIndices(name),
                                        settings,
                                        l.delegateFailureAndWrap(
                                                (m, added) -> createIndices(name, settings, m)))));
    }

    private CatalogSettings settings(String name, BytesReference body) {
        Optional<CatalogSettings> before =
                catalogs.find(name).map(Catalog::settings).or(() -> catalogs.kept(name));
        try {
            return CatalogSettings.parse(
                    PseudonymSetting.complete(Json.readBody(body), before, pseudonyms));
        } catch (InvalidFieldException e) {
            throw Json.badRequest(e);
        }
    }

    /** Two catalogs over the same products would write over each other's vectors. */
    private void refuseSharedProducts(String name) {
        Set<String> products = new HashSet<>(catalogs.productIndices(name));
        for (Catalog other : catalogs.all()) {
            if (!other.name().equals(name)
                    && !Collections.disjoint(products, catalogs.productIndices(other.name()))) {
                throw new ElasticsearchStatusException(
                        "[{}] has products of [{}], which is registered already; one product index"
                                + " belongs to one catalog",
                        RestStatus.CONFLICT,
                        name,
                        other.name());
            }
        }
    }

    /**
     * Kept profiles go on only with the weights, half-life and vectors that they were made with.
     */
    private static void refuseOtherRules(
            String name, CatalogSettings kept, CatalogSettings settings) {
        List<String> differences = kept.lastingDifferences(settings);
        differences.remove("fields");
        if (!differences.isEmpty()) {
            throw new ElasticsearchStatusException(
                    "profiles of [{}] are kept that were made with other settings: {}; remove them"
                            + " with DELETE /{}/_persona?purge=true to register it anew",
                    RestStatus.CONFLICT,
                    name,
                    differences,
                    name);
        }
    }

    private static void refuseOtherSettings(
            String name, Catalog registered, CatalogSettings settings) {
        List<String> differences = registered.settings().lastingDifferences(settings);
        if (!differences.isEmpty()) {
            throw new ElasticsearchStatusException(
                    "[{}] is registered already with other settings: {}; DELETE /{}/_persona"
                            + " first to register it anew",
                    RestStatus.CONFLICT,
                    name,
                    differences,
                    name);
        }
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
        client.admin()
                .indices()
                .putMapping(
                        mapping,
                        listener.delegateFailureAndWrap((l, same) -> addAlias(request, l)));
    }

    /** One that was restored without its aliases could not be written to. */
    private void addAlias(CreateIndexRequest request, ActionListener<Void> listener) {
        IndicesAliasesRequest aliases =
                new IndicesAliasesRequest(
                        IndicesAliasesRequest.INFINITE_MASTER_NODE_TIMEOUT,
                        IndicesAliasesRequest.DEFAULT_ACK_TIMEOUT);
        aliases.addAliasAction(
                IndicesAliasesRequest.AliasActions.add()
                        .index(request.index())
                        .alias(CompanionIndices.writeAlias(request.index()))
                        .writeIndex(true)
                        .isHidden(true));
        client.admin().indices().aliases(aliases, listener.map(added -> null));
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
