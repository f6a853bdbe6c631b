package dev.persona.plugin.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.profile.ProfileStore;
import dev.persona.plugin.profile.Stated;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.task.WaitingAction;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.util.Optional;
import java.util.Set;

/**
 * Sets what a shop says of a user: attributes, and whether the user agrees to tracking. What the
 * body does not name stays as it is.
 *
 * <p>Who objects to tracking is blocked before the profile says so, and who agrees again is taken
 * off the block after it does: whatever fails in between, nothing is tracked against the user's
 * will, and the call was not acknowledged.
 */
public final class PutProfileAction extends WaitingAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/write/persona/profile/put");

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);

    private final Client client;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;

    /** Made by Elasticsearch. */
    @Inject
    public PutProfileAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            ThreadPool threadPool) {
        super(TYPE, transportService, actionFilters, CatalogRequest::new, threadPool);
        this.client = client;
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
    }

    @Override
    protected JsonResponse run(CatalogRequest request) {
        Catalog catalog = catalogs.get(request.catalog());
        JsonFields body = JsonFields.of(Json.readBody(request.body()), "body");
        Optional<JsonNode> attributes = body.any("attributes").map(StatedAttributes::check);
        Optional<Boolean> tracking = body.flag("tracking");
        body.refuseUnknown();
        if (attributes.isEmpty() && tracking.isEmpty()) {
            throw new InvalidFieldException("body", "must hold [attributes] or [tracking]");
        }
        String name = catalog.name();
        ProfileStore profiles = new ProfileStore(client, catalog);
        String user = profiles.root(catalog.storedNames(pseudonyms).apply(request.target()));
        if (!Blocks.erased(client, name, Set.of(user), PATIENCE).isEmpty()) {
            throw erased();
        }
        Tracking blocks = new Tracking(client, catalog, PATIENCE);
        boolean objects = tracking.isPresent() && !tracking.get();
        if (objects) {
            blocks.refuse(user, profiles.read(user).document());
        }
        profiles.change(
                user,
                stored -> {
                    if (stored.document().mergedInto().isPresent()) {
                        throw new ElasticsearchStatusException(
                                "the user is being merged with others right now, try again",
                                RestStatus.CONFLICT);
                    }
                    Stated said = stored.document().stated();
                    Stated now =
                            new Stated(
                                    attributes
                                            .map(StatedAttributes::values)
                                            .orElse(said.attributes()),
                                    tracking.orElse(said.tracking()));
                    return Optional.of(stored.document().withStated(now));
                });
        if (!Blocks.erased(client, name, Set.of(user), PATIENCE).isEmpty()) {
            // By a call that came in between.
            profiles.remove(user);
            throw erased();
        }
        if (objects) {
            // An id that was merged into the user meanwhile counts for the user too.
            blocks.refuse(user, profiles.read(user).document());
        } else if (tracking.isPresent()) {
            blocks.take(user, profiles.read(user).document());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("acknowledged", true);
        json.put("user", request.target());
        return new JsonResponse(json);
    }

    private static ElasticsearchStatusException erased() {
        return new ElasticsearchStatusException(
                "the user was erased a short while ago and cannot be made anew yet",
                RestStatus.CONFLICT);
    }
}
