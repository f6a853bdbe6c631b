package dev.persona.plugin.model;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.ranking.feature.ItemTable;

import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;

import java.util.List;

/** Reads what a catalog says about all its products into memory. */
final class ItemTableReader {
    private final IndexScan scan;

    ItemTableReader(IndexScan scan) {
        this.scan = scan;
    }

    ItemTable read(Catalog catalog, JobTask job) {
        CatalogSettings settings = catalog.settings();
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.matchAllQuery())
                        .sort("_shard_doc")
                        .fetchSource(false);
        settings.price().ifPresent(search::docValueField);
        settings.createdAt().ifPresent(field -> search.docValueField(field, "epoch_millis"));
        settings.attributes().forEach(search::docValueField);
        ItemTable table = new ItemTable(settings.catalogFields());
        scan.run(
                catalog.name(),
                search,
                job,
                "reading products",
                hit -> table.add(hit.getId(), item(settings, hit)));
        return table;
    }

    private static ItemTable.Item item(CatalogSettings settings, SearchHit hit) {
        String[][] attributes =
                settings.attributes().stream()
                        .map(field -> texts(hit.field(field)))
                        .toArray(String[][]::new);
        return new ItemTable.Item(
                settings.price().map(field -> number(hit.field(field))).orElse(Double.NaN),
                settings.createdAt().map(field -> number(hit.field(field))).orElse(Double.NaN),
                attributes);
    }

    private static String[] texts(DocumentField field) {
        List<Object> values = field == null ? List.of() : field.getValues();
        return values.stream().map(Object::toString).toArray(String[]::new);
    }

    private static double number(DocumentField field) {
        if (field == null || field.getValues().isEmpty()) {
            return Double.NaN;
        }
        return Double.parseDouble(field.getValues().get(0).toString());
    }
}
