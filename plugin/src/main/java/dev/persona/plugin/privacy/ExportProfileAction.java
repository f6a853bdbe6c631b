package dev.persona.plugin.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.identity.UserIds;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.plugin.task.WaitingAction;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives everything that is stored of a user, page by page, a JSON object a line: first the
 * documents of all ids that count for the user, then whether events are refused, then the events in
 * the order of time.
 */
public final class ExportProfileAction extends WaitingAction<ExportRequest, ExportResponse> {
    /** Its name. */
    public static final ActionType<ExportResponse> TYPE =
            new ActionType<>("indices:data/read/persona/profile/export");

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);
    private static final int PAGE = 1000;

    private final Client client;
    private final Catalogs catalogs;
    private final Pseudonyms pseudonyms;

    /** Made by Elasticsearch. */
    @Inject
    public ExportProfileAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            Catalogs catalogs,
            Pseudonyms pseudonyms,
            ThreadPool threadPool) {
        super(TYPE, transportService, actionFilters, ExportRequest::new, threadPool);
        this.client = client;
        this.catalogs = catalogs;
        this.pseudonyms = pseudonyms;
    }

    @Override
    protected ExportResponse run(ExportRequest request) {
        Catalog catalog = catalogs.get(request.catalog());
        Set<String> ids =
                UserIds.of(
                        client, catalog, catalog.storedNames(pseudonyms).apply(request.target()));
        return request.after().isEmpty()
                ? documents(catalog, ids)
                : events(catalog, ids, request.after());
    }

    private ExportResponse documents(Catalog catalog, Set<String> ids) {
        // What is pending only is stored of a user, too.
        WrittenProfiles.await(client, catalogs, catalog.name(), ids, PATIENCE);
        String profiles = CompanionIndices.profiles(catalog.name());
        String events = CompanionIndices.events(catalog.name());
        client.admin().indices().prepareRefresh(events).execute().actionGet(PATIENCE);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        boolean found = false;
        for (String id : ids) {
            GetResponse stored = client.prepareGet(profiles, id).execute().actionGet(PATIENCE);
            if (stored.isExists()) {
                found = true;
                line(lines, "profile", id, Json.readStored(stored.getSourceAsBytesRef()));
            }
        }
        PlainActionFuture<Map<String, Blocks.Reason>> blocks = new PlainActionFuture<>();
        Blocks.find(client, catalog.name(), ids, blocks);
        for (var block : blocks.actionGet(PATIENCE).entrySet()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("reason", block.getValue().id());
            line(lines, "block", block.getKey(), json);
        }
        ExportResponse first = events(catalog, ids, "[]");
        if (!found && first.lines().length() == 0) {
            throw new ResourceNotFoundException(
                    "nothing is stored of this user in [{}]", catalog.name());
        }
        lines.writeBytes(BytesReference.toBytes(first.lines()));
        return new ExportResponse(lines.toByteArray(), first.after());
    }

    private ExportResponse events(Catalog catalog, Set<String> ids, String after) {
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.termsQuery("user_id", ids))
                        .sort("timestamp", SortOrder.ASC)
                        .sort("_seq_no", SortOrder.ASC)
                        .sort("user_id", SortOrder.ASC)
                        .size(PAGE);
        JsonNode last = Json.readText(after);
        if (!last.isEmpty()) {
            search.searchAfter(
                    new Object[] {
                        last.get(0).asLong(), last.get(1).asLong(), last.get(2).asText()
                    });
        }
        SearchResponse found =
                client.prepareSearch(CompanionIndices.events(catalog.name()))
                        .setSource(search)
                        .setAllowPartialSearchResults(false)
                        .execute()
                        .actionGet(PATIENCE);
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            SearchHit[] hits = found.getHits().getHits();
            for (SearchHit hit : hits) {
                line(lines, "event", hit.getId(), Json.readStored(hit.getSourceRef()));
            }
            return new ExportResponse(
                    lines.toByteArray(),
                    hits.length < PAGE
                            ? Optional.empty()
                            : Optional.of(place(hits[hits.length - 1])));
        } finally {
            found.decRef();
        }
    }

    private static String place(SearchHit last) {
        ArrayNode place = JsonNodeFactory.instance.arrayNode();
        place.add(((Number) last.getSortValues()[0]).longValue());
        place.add(((Number) last.getSortValues()[1]).longValue());
        place.add(last.getSortValues()[2].toString());
        return place.toString();
    }

    private static void line(ByteArrayOutputStream lines, String kind, String id, JsonNode stored) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind);
        json.put("id", id);
        json.set(kind, stored);
        lines.writeBytes(Json.bytes(json));
        lines.write('\n');
    }
}
