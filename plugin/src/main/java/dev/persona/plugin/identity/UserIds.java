package dev.persona.plugin.identity;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.profile.ProfileStore;

import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** All ids that count for one user. Waits for answers. */
public final class UserIds {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(30);
    private static final int PAGE = 10_000;

    private UserIds() {}

    /**
     * The user that an id counts for, and every id that leads there.
     *
     * @return the user first
     */
    public static Set<String> of(Client client, Catalog catalog, String id) {
        String index = CompanionIndices.profiles(catalog.name());
        client.admin().indices().prepareRefresh(index).execute().actionGet(PATIENCE);
        ProfileStore profiles = new ProfileStore(client, catalog);
        String root = profiles.root(id);
        Set<String> ids = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>();
        next.add(root);
        while (!next.isEmpty()) {
            String at = next.remove();
            if (ids.add(at)) {
                next.addAll(leadingTo(client, index, at));
            }
        }
        // Also those that have left no document of their own.
        ids.addAll(profiles.read(root).document().applied().seqNos().keySet());
        return ids;
    }

    private static Set<String> leadingTo(Client client, String index, String user) {
        SearchResponse found =
                client.prepareSearch(index)
                        .setQuery(QueryBuilders.termQuery("merged_into", user))
                        .setFetchSource(false)
                        .setSize(PAGE)
                        .setAllowPartialSearchResults(false)
                        .execute()
                        .actionGet(PATIENCE);
        try {
            Set<String> ids = new LinkedHashSet<>();
            for (SearchHit hit : found.getHits().getHits()) {
                ids.add(hit.getId());
            }
            return ids;
        } finally {
            found.decRef();
        }
    }
}
