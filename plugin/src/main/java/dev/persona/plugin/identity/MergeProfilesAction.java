package dev.persona.plugin.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.task.WaitingAction;
import dev.persona.profiling.event.EventRules;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Says that some user ids are the same person as another: past and future events count there. */
public final class MergeProfilesAction extends WaitingAction<CatalogRequest, JsonResponse> {
    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
            new ActionType<>("indices:data/write/persona/profile/merge");

    private static final int MOST_IDS = 1000;

    private final Client client;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;

    /** Made by Elasticsearch. */
    @Inject
    public MergeProfilesAction(
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
        List<String> from = body.strings("from");
        String into = body.requiredString("into");
        body.refuseUnknown();
        if (from.isEmpty() || from.size() > MOST_IDS) {
            throw new InvalidFieldException(
                    "from", "must hold 1 to " + MOST_IDS + " user ids, was " + from.size());
        }
        if (from.contains(into)) {
            throw new InvalidFieldException("from", "must not hold [into] itself");
        }
        checkLength("into", into);
        from.forEach(id -> checkLength("from", id));
        UnaryOperator<String> stored = catalog.storedNames(pseudonyms);
        Merge merge = new Merge(client, catalog, catalogs.eventsUuid(catalog.name()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("into", into);
        ArrayNode merged = json.putArray("merged");
        ArrayNode already = json.putArray("already_merged");
        for (String user : new TreeSet<>(from)) {
            (merge(merge, stored, user, into) ? merged : already).add(user);
        }
        return new JsonResponse(json);
    }

    /** What is longer cannot be stored, and is better refused before the first write. */
    private static void checkLength(String field, String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > EventRules.MOST_ID_BYTES) {
            throw new InvalidFieldException(
                    field, "must be at most " + EventRules.MOST_ID_BYTES + " bytes, was " + bytes);
        }
    }

    private static boolean merge(
            Merge merge, UnaryOperator<String> stored, String from, String into) {
        try {
            return merge.run(stored.apply(from), stored.apply(into));
        } catch (ElasticsearchStatusException e) {
            throw new ElasticsearchStatusException(
                    "[{}] cannot be merged: it {}", e.status(), e, from, e.getMessage());
        }
    }
}
