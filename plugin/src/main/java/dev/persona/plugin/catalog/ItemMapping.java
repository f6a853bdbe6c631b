package dev.persona.plugin.catalog;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.xcontent.XContentType;

import java.util.List;

/**
 * The fields that generations are written into, in the indices of a catalog's products. An index
 * may join an alias long after the catalog was registered.
 */
public final class ItemMapping {
    private ItemMapping() {}

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
