package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.Tagging;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.ProfileStore;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.plugin.profile.Tags;
import dev.persona.plugin.task.IndexScan;
import dev.persona.profiling.profile.LocalCalendar;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at tags again: of the documents whose day has come, and of all when rules or population are
 * others than when it last went over all of them. Writes only those that become others.
 */
final class TagSweep {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);
    private static final int BATCH = 200;

    private final Client client;
    private final Catalogs catalogs;
    private final Lease lease;

    TagSweep(Client client, Catalogs catalogs, Lease lease) {
        this.client = client;
        this.catalogs = catalogs;
        this.lease = lease;
    }

    /** Gives how many documents were written. */
    long run(Catalog catalog) {
        Tagging tagging = catalog.tagging();
        if (!tagging.isSwept()) {
            // Whoever began to write a profile by the old rules is done then; who begins later
            // knows the new ones, as these were acknowledged by all nodes.
            WrittenProfiles.await(client, catalogs, catalog.name(), Upkeep.PATIENCE);
        }
        Pass pass = new Pass(catalog, client.threadPool().absoluteTimeInMillis());
        new IndexScan(client)
                .run(
                        CompanionIndices.profiles(catalog.name()),
                        new SearchSourceBuilder()
                                .query(pass.query())
                                .fetchSource(false)
                                .sort("_shard_doc"),
                        (done, total) -> lease.check(),
                        hit -> pass.add(hit.getId()));
        pass.finish();
        if (!tagging.isSwept()) {
            client.execute(
                            UpdateCatalogAction.TYPE,
                            new UpdateCatalogAction.Request(
                                    catalog.name(), Catalog.tagged(tagging)))
                    .actionGet();
        }
        return pass.written;
    }

    /** One go over the documents. */
    private final class Pass {
        private final Catalog catalog;
        private final long now;
        private final long today;
        private final List<String> batch = new ArrayList<>(BATCH);
        private long written;

        Pass(Catalog catalog, long now) {
            this.catalog = catalog;
            this.now = now;
            this.today = new LocalCalendar(catalog.settings().timeZone()).day(now);
        }

        BoolQueryBuilder query() {
            BoolQueryBuilder query =
                    QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery("merged_into"));
            return catalog.tagging().isSwept()
                    ? query.should(QueryBuilders.rangeQuery("tags_due").lte(today))
                            .should(
                                    QueryBuilders.boolQuery()
                                            .mustNot(QueryBuilders.existsQuery("tags_due")))
                            .minimumShouldMatch(1)
                    : query;
        }

        void add(String user) {
            batch.add(user);
            if (batch.size() == BATCH) {
                finish();
            }
        }

        void finish() {
            lease.check();
            if (batch.isEmpty()) {
                return;
            }
            MultiGetRequest request = new MultiGetRequest();
            batch.forEach(user -> request.add(CompanionIndices.profiles(catalog.name()), user));
            batch.clear();
            BulkRequest writes = new BulkRequest();
            for (MultiGetItemResponse item : client.multiGet(request).actionGet(PATIENCE)) {
                if (item.isFailed()) {
                    throw new ElasticsearchException(
                            "a profile cannot be read", item.getFailure().getFailure());
                }
                StoredProfile stored =
                        StoredProfile.of(item.getResponse(), catalog.settings().rules());
                if (stored.exists()) {
                    changed(stored.document())
                            .ifPresent(
                                    document ->
                                            writes.add(
                                                    stored.replace(
                                                            catalog.name(),
                                                            item.getId(),
                                                            document.source(item.getId()))));
                }
            }
            send(writes);
        }

        /** The document as it has to be written; empty when it may stay as it is. */
        private Optional<ProfileDocument> changed(ProfileDocument document) {
            Tags stored = document.tags();
            Tags tags = Tags.exact(document, catalog.tagging(), now);
            boolean inTime =
                    tags.due().isEmpty()
                            ? stored.due().isEmpty()
                            : stored.due().isPresent()
                                    && stored.due().getAsLong() > today
                                    && stored.due().getAsLong() <= tags.due().getAsLong();
            return inTime && stored.names().equals(tags.names())
                    ? Optional.empty()
                    : Optional.of(document.withTags(tags));
        }

        private void send(BulkRequest writes) {
            if (writes.numberOfActions() == 0) {
                return;
            }
            for (BulkItemResponse item : client.bulk(writes).actionGet(PATIENCE)) {
                if (item.status() == RestStatus.CONFLICT) {
                    again(item.getId());
                } else if (item.isFailed()) {
                    throw new ElasticsearchException(
                            "a profile cannot be written", item.getFailure().getCause());
                } else {
                    written++;
                }
            }
        }

        /** Not everybody who may have written it meanwhile looks at the tags. */
        private void again(String user) {
            new ProfileStore(client, catalog)
                    .change(
                            user,
                            stored ->
                                    stored.exists()
                                            ? changed(stored.document())
                                            : Optional.empty());
        }
    }
}
