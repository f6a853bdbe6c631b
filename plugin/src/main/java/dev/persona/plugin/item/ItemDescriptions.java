package dev.persona.plugin.item;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.task.IndexScan;
import dev.persona.profiling.coldstart.ItemDescription;

import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Reads what a catalog says of its products. Waits for each page. */
public final class ItemDescriptions {
    private ItemDescriptions() {}

    /**
     * Reads the descriptions of products.
     *
     * @param wanted whether the product of an id is wanted
     */
    public static Map<String, ItemDescription> read(
            IndexScan scan,
            Catalog catalog,
            Predicate<String> wanted,
            IndexScan.Progress progress) {
        ItemSource source = new ItemSource(catalog.settings());
        Map<String, ItemDescription> descriptions = new HashMap<>();
        scan.run(
                catalog.name(),
                new SearchSourceBuilder()
                        .query(QueryBuilders.matchAllQuery())
                        .sort("_shard_doc")
                        .fetchSource(source.fields(), new String[0]),
                progress,
                hit -> {
                    if (wanted.test(hit.getId()) && hit.hasSource()) {
                        descriptions.put(hit.getId(), source.description(hit.getSourceAsMap()));
                    }
                });
        return descriptions;
    }
}
