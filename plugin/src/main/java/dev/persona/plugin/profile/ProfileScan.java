package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.task.IndexScan;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads many profile documents, a few at a time, as they are at that moment. Waits for other
 * actions.
 */
public final class ProfileScan {
    /** In no order that means anything, and the quickest. */
    public static final String AS_STORED = "_shard_doc";

    /** In the order of the user ids, which is the same whatever was written meanwhile. */
    public static final String BY_USER = "user_id";

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);
    private static final int BATCH = 200;

    private final Client client;
    private final Catalog catalog;
    private final IndexScan.Progress progress;
    private final Consumer<Map<String, StoredProfile>> each;
    private final List<String> batch = new ArrayList<>(BATCH);

    /**
     * @param progress told now and then how far it is; may throw to stop
     * @param each given a few documents by user, in order
     */
    public ProfileScan(
            Client client,
            Catalog catalog,
            IndexScan.Progress progress,
            Consumer<Map<String, StoredProfile>> each) {
        this.client = client;
        this.catalog = catalog;
        this.progress = progress;
        this.each = each;
    }

    /** Reads the documents that match a query. */
    public void run(QueryBuilder query, String order) {
        new IndexScan(client)
                .run(
                        CompanionIndices.profiles(catalog.name()),
                        new SearchSourceBuilder().query(query).fetchSource(false).sort(order),
                        progress,
                        hit -> add(hit.getId()));
        finish();
    }

    private void add(String user) {
        batch.add(user);
        if (batch.size() == BATCH) {
            finish();
        }
    }

    private void finish() {
        if (batch.isEmpty()) {
            return;
        }
        MultiGetRequest request = new MultiGetRequest();
        batch.forEach(user -> request.add(CompanionIndices.profiles(catalog.name()), user));
        batch.clear();
        Map<String, StoredProfile> found = new LinkedHashMap<>();
        for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
            if (item.isFailed()) {
                throw new ElasticsearchException(
                        "a profile cannot be read", item.getFailure().getFailure());
            }
            StoredProfile stored = StoredProfile.of(item.getResponse(), catalog.settings().rules());
            if (stored.exists()) {
                found.put(item.getId(), stored);
            }
        }
        each.accept(found);
    }
}
