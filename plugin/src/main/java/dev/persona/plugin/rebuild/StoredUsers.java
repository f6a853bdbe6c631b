package dev.persona.plugin.rebuild;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;

import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The users who have a profile document of their own, batch by batch. */
final class StoredUsers {
    private static final int BATCH = 200;

    private final IndexScan scan;
    private final Catalog catalog;
    private final JobTask job;

    StoredUsers(IndexScan scan, Catalog catalog, JobTask job) {
        this.scan = scan;
        this.catalog = catalog;
        this.job = job;
    }

    void forEachBatch(Consumer<List<String>> each) {
        List<String> batch = new ArrayList<>(BATCH);
        SearchSourceBuilder users =
                new SearchSourceBuilder()
                        .query(
                                QueryBuilders.boolQuery()
                                        .mustNot(QueryBuilders.existsQuery("merged_into")))
                        .fetchSource(false)
                        .sort("_shard_doc");
        scan.run(
                CompanionIndices.profiles(catalog.name()),
                users,
                job,
                "rebuilding",
                hit -> {
                    batch.add(hit.getId());
                    if (batch.size() == BATCH) {
                        each.accept(List.copyOf(batch));
                        batch.clear();
                    }
                });
        if (!batch.isEmpty()) {
            each.accept(List.copyOf(batch));
        }
    }
}
