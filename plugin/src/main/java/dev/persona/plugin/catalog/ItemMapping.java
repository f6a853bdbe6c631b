package dev.persona.plugin.catalog;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.xcontent.XContentType;

import java.util.List;
import java.util.Map;

/**
 * The fields that generations are written into, in the indices of a catalog's products. An index
 * may join an alias long after the catalog was registered.
 */
public final class ItemMapping {
    private ItemMapping() {}

    /** Whether a mapping has the fields. */
    static boolean isIn(Map<String, Object> mapping) {
        return "dense_vector"
                .equals(
                        XContentMapValues.extractValue(
                                "properties."
                                        + Catalog.ITEM_OBJECT
                                        + ".properties."
                                        + Catalog.itemVectorName("a")
                                        + ".type",
                                mapping));
    }

    static void put(
            Client client,
            List<String> indices,
            CatalogSettings settings,
            ActionListener<Void> listener) {
        PutMappingRequest mapping =
                new PutMappingRequest(indices.toArray(String[]::new))
                        .source(CompanionIndices.itemMapping(settings), XContentType.JSON);
        client.admin().indices().putMapping(mapping, listener.map(mapped -> null));
    }

    /** Maps the fields in those indices that have not got them; waits for it. */
    public static void complete(Client client, Catalogs catalogs, Catalog catalog) {
        List<String> lacking =
                catalogs.productIndices(catalog.name()).stream()
                        .filter(index -> !catalogs.hasItemFields(index))
                        .toList();
        if (!lacking.isEmpty()) {
            PlainActionFuture<Void> done = new PlainActionFuture<>();
            put(client, lacking, catalog.settings(), done);
            done.actionGet();
        }
    }
}
