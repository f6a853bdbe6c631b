package dev.persona.plugin.model;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.ranking.feature.ItemTable;

import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;

import java.util.List;
import java.util.Optional;

/**
 * Reads all products of a catalog into memory, with the item vectors of the factor model in use.
 */
final class ItemTableReader {
    private final IndexScan scan;

    ItemTableReader(IndexScan scan) {
        this.scan = scan;
    }

    ItemTable read(Catalog catalog, JobTask job) {
        CatalogSettings settings = catalog.settings();
        Optional<String> vectorField =
                catalog.factors().map(used -> Catalog.itemVectorField(used.slot()));
        SearchSourceBuilder search =
                new SearchSourceBuilder()
                        .query(QueryBuilders.matchAllQuery())
                        .sort("_shard_doc")
                        // Vectors have no doc values to fetch and are left out of _source by
                        // default.
                        .fetchSource(
                                vectorField
                                        .map(
                                                field ->
                                                        FetchSourceContext.of(
                                                                true,
                                                                false,
                                                                new String[] {field},
                                                                new String[0]))
                                        .orElse(FetchSourceContext.DO_NOT_FETCH_SOURCE));
        settings.price().ifPresent(search::docValueField);
        settings.createdAt().ifPresent(field -> search.docValueField(field, "epoch_millis"));
        settings.attributes().forEach(search::docValueField);
        ItemTable table =
                new ItemTable(
                        settings.catalogFields(), vectorField.isPresent() ? settings.factors() : 0);
        scan.run(
                catalog.name(),
                search,
                job,
                "reading products",
                hit -> table.add(item(settings, vectorField, hit)));
        return table;
    }

    private static ItemTable.Item item(
            CatalogSettings settings, Optional<String> vectorField, SearchHit hit) {
        String[][] attributes =
                settings.attributes().stream()
                        .map(field -> texts(hit.field(field)))
                        .toArray(String[][]::new);
        return new ItemTable.Item(
                hit.getId(),
                settings.price().map(field -> number(hit.field(field))).orElse(Double.NaN),
                settings.createdAt().map(field -> number(hit.field(field))).orElse(Double.NaN),
                attributes,
                vectorField.map(field -> vector(hit, field)).orElse(new float[0]));
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

    private static float[] vector(SearchHit hit, String field) {
        if (!hit.hasSource()) {
            return new float[0];
        }
        JsonNode vector = Json.readStored(hit.getSourceRef());
        for (String name : field.split("\\.")) {
            vector = vector.path(name);
        }
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i).floatValue();
        }
        return numbers;
    }
}
