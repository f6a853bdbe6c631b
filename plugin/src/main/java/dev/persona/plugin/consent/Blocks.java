package dev.persona.plugin.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.json.Json;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.XContentType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * User ids whose events are refused: of users who do not agree to tracking, and for a while of
 * users who have been erased.
 *
 * <p>One small document each, under a hash of the id, so that an erased id is nowhere in clear. Who
 * sends events asks for them by way of a {@link BlockList}.
 */
public final class Blocks {
    /** Up to so many are got one by one, which is quicker than to search for them all. */
    private static final int FEW = 16;

    /** What one search may return. */
    private static final int MOST_SEARCHED = 10_000;

    /** The document that says which blocks there are by being another one when they change. */
    static final String VERSION = "blocks";

    private Blocks() {}

    /** Why events of a user are refused. */
    public enum Reason {
        /** The user does not agree to tracking. */
        OPTED_OUT("opted_out", "objection-"),
        /** The user has been erased, and what was on its way is not to bring the user back. */
        ERASED("erased", "tombstone-");

        private final String id;
        private final String prefix;

        Reason(String id, String prefix) {
            this.id = id;
            this.prefix = prefix;
        }

        /** The name used in JSON. */
        public String id() {
            return id;
        }
    }

    /** One document for each reason: none is to take away what another says. */
    private static String id(Reason reason, String catalog, String user) {
        return reason.prefix + hash(catalog, user);
    }

    private static String hash(String catalog, String user) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(catalog.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(user.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * The request that refuses the events of a user who does not agree to tracking; to be sent with
     * a refresh.
     */
    public static IndexRequest optOut(String catalog, String user) {
        return block(catalog, user, Reason.OPTED_OUT, JsonNodeFactory.instance.objectNode());
    }

    /**
     * The request that refuses the events of an erased user; to be sent with a refresh.
     *
     * @param until when they are taken again, in milliseconds since 1970
     */
    public static IndexRequest erased(String catalog, String user, long until) {
        return block(
                catalog,
                user,
                Reason.ERASED,
                JsonNodeFactory.instance.objectNode().put("until", until));
    }

    private static IndexRequest block(String catalog, String user, Reason reason, ObjectNode json) {
        json.put("kind", "block");
        json.put("reason", reason.id());
        return CompanionIndices.write(CompanionIndices.state(catalog), id(reason, catalog, user))
                .source(Json.bytes(json), XContentType.JSON);
    }

    /** The request that takes events of a user again who agrees to tracking. */
    public static DeleteRequest lift(String catalog, String user) {
        return new DeleteRequest(
                CompanionIndices.writeAlias(CompanionIndices.state(catalog)),
                id(Reason.OPTED_OUT, catalog, user));
    }

    /**
     * The request that tells all nodes that blocks have changed; to be sent after those that
     * changed them, when they are refreshed, and before anybody is told.
     */
    public static IndexRequest changed(String catalog) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "blocks");
        json.put("blocks", UUIDs.randomBase64UUID());
        return CompanionIndices.write(CompanionIndices.state(catalog), VERSION)
                .source(Json.bytes(json), XContentType.JSON);
    }

    /**
     * Blocks that were found.
     *
     * @param untilById by the id of the document, until when it holds; unending when it has no end
     */
    record Found(Map<String, Long> untilById) {
        Found {
            untilById = Map.copyOf(untilById);
        }

        /** Why events of users are refused, of those whose are. */
        Map<String, Reason> reasons(String catalog, Collection<String> users, long now) {
            if (untilById.isEmpty()) {
                return Map.of();
            }
            Map<String, Reason> reasons = new HashMap<>();
            for (String user : users) {
                String hash = hash(catalog, user);
                // Who has been erased is so whatever else was said.
                for (Reason reason : List.of(Reason.OPTED_OUT, Reason.ERASED)) {
                    if (untilById.getOrDefault(reason.prefix + hash, 0L) > now) {
                        reasons.put(user, reason);
                    }
                }
            }
            return reasons;
        }

        private static Found in(SearchResponse response) {
            Map<String, Long> untilById = new HashMap<>();
            for (SearchHit hit : response.getHits().getHits()) {
                untilById.put(hit.getId(), until(hit.getSourceRef()));
            }
            return new Found(untilById);
        }

        private static Found in(MultiGetResponse response) {
            Map<String, Long> untilById = new HashMap<>();
            for (MultiGetItemResponse item : response) {
                if (requireRead(item).isExists()) {
                    untilById.put(item.getId(), until(item.getResponse().getSourceAsBytesRef()));
                }
            }
            return new Found(untilById);
        }

        private static long until(BytesReference source) {
            JsonNode json = Json.readStored(source);
            return json.path("reason").asText().equals(Reason.OPTED_OUT.id())
                    ? Long.MAX_VALUE
                    : json.path("until").asLong();
        }
    }

    /** What was got, if it could be. */
    static GetResponse requireRead(MultiGetItemResponse item) {
        if (item.isFailed()) {
            throw new ElasticsearchStatusException(
                    "who may be tracked cannot be read",
                    ExceptionsHelper.status(item.getFailure().getFailure()),
                    item.getFailure().getFailure());
        }
        return item.getResponse();
    }

    /**
     * Reads all blocks.
     *
     * @param listener given them, or nothing when there are too many
     */
    static void all(Client client, String catalog, ActionListener<Optional<Found>> listener) {
        SearchRequest request =
                search(
                        catalog,
                        new SearchSourceBuilder()
                                .query(QueryBuilders.termQuery("kind", "block"))
                                .size(MOST_SEARCHED)
                                .trackTotalHitsUpTo(MOST_SEARCHED + 1));
        client.search(
                request,
                listener.map(
                        found ->
                                found.getHits().getTotalHits().value() > MOST_SEARCHED
                                        ? Optional.empty()
                                        : Optional.of(Found.in(found))));
    }

    /**
     * Finds out whose events are refused now.
     *
     * @param users some user ids
     * @param listener given the reason for each that is refused
     */
    public static void find(
            Client client,
            String catalog,
            Collection<String> users,
            ActionListener<Map<String, Reason>> listener) {
        int ids = Reason.values().length * users.size();
        if (ids <= FEW || ids > MOST_SEARCHED) {
            get(client, catalog, users, listener);
            return;
        }
        client.search(
                search(catalog, byId(ids(catalog, users))),
                listener.map(found -> reasons(client, Found.in(found), catalog, users)));
    }

    /** Finds it out by gets alone, for a client that may not search. */
    static void get(
            Client client,
            String catalog,
            Collection<String> users,
            ActionListener<Map<String, Reason>> listener) {
        MultiGetRequest request = new MultiGetRequest();
        ids(catalog, users).forEach(id -> request.add(CompanionIndices.state(catalog), id));
        client.multiGet(
                request, listener.map(found -> reasons(client, Found.in(found), catalog, users)));
    }

    private static Map<String, Reason> reasons(
            Client client, Found found, String catalog, Collection<String> users) {
        return found.reasons(catalog, users, client.threadPool().absoluteTimeInMillis());
    }

    private static List<String> ids(String catalog, Collection<String> users) {
        List<String> ids = new ArrayList<>();
        for (String user : users) {
            String hash = hash(catalog, user);
            for (Reason reason : Reason.values()) {
                ids.add(reason.prefix + hash);
            }
        }
        return ids;
    }

    /** Those of some users who have been erased lately. Waits for the answer. */
    public static Set<String> erased(
            Client client, String catalog, Collection<String> users, TimeValue patience) {
        PlainActionFuture<Map<String, Reason>> found = new PlainActionFuture<>();
        find(client, catalog, users, found);
        Map<String, Reason> reasons = new HashMap<>(found.actionGet(patience));
        reasons.values().removeIf(reason -> reason != Reason.ERASED);
        return reasons.keySet();
    }

    private static SearchSourceBuilder byId(List<String> ids) {
        return new SearchSourceBuilder()
                .query(
                        // Mostly there are no blocks, and the ids not looked up.
                        QueryBuilders.boolQuery()
                                .filter(QueryBuilders.termQuery("kind", "block"))
                                .filter(
                                        QueryBuilders.idsQuery()
                                                .addIds(ids.toArray(String[]::new))))
                .size(ids.size())
                .trackTotalHits(false);
    }

    /** Sees all that is stored: whoever writes a block has to refresh with it. */
    private static SearchRequest search(String catalog, SearchSourceBuilder source) {
        return new SearchRequest(CompanionIndices.state(catalog))
                .allowPartialSearchResults(false)
                .source(source);
    }
}
