package dev.persona.plugin.event;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.ItemFacts;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.get.MultiGetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads the attributes and prices of the items that events are about, from the products as they are
 * now.
 */
final class ItemFactsReader {
    private final Client client;
    private final Catalogs catalogs;

    ItemFactsReader(Client client, Catalogs catalogs) {
        this.client = client;
        this.catalogs = catalogs;
    }

    /**
     * Gives the facts of each item that is there; items that are not are absent. Fails when
     * products cannot be read at the moment: an event stored without them would lack them for ever.
     */
    void read(
            Catalog catalog, List<Event> events, ActionListener<Map<String, ItemFacts>> listener) {
        CatalogSettings settings = catalog.settings();
        Collection<String> fields = new ArrayList<>(settings.attributes());
        settings.price().ifPresent(fields::add);
        // A multi-field is not in _source, its parent is.
        for (String field : List.copyOf(fields)) {
            int dot = field.lastIndexOf('.');
            if (dot > 0) {
                fields.add(field.substring(0, dot));
            }
        }
        Collection<String> items = new TreeSet<>();
        events.forEach(event -> event.item().ifPresent(items::add));
        List<String> indices = catalogs.productIndices(catalog.name());
        if (items.isEmpty() || fields.isEmpty() || indices.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        FetchSourceContext wanted =
                FetchSourceContext.of(true, fields.toArray(String[]::new), new String[0]);
        MultiGetRequest request = new MultiGetRequest();
        for (String index : indices) {
            for (String item : items) {
                request.add(new MultiGetRequest.Item(index, item).fetchSourceContext(wanted));
            }
        }
        client.multiGet(request, listener.map(found -> facts(found, settings)));
    }

    private static Map<String, ItemFacts> facts(MultiGetResponse found, CatalogSettings settings) {
        Map<String, ItemFacts> facts = new HashMap<>();
        for (MultiGetItemResponse item : found) {
            if (item.isFailed()) {
                refuseUnavailable(item.getFailure());
            }
            if (!item.isFailed() && item.getResponse().isExists()) {
                Map<String, Object> source = item.getResponse().getSource();
                facts.put(
                        item.getId(), source == null ? ItemFacts.UNKNOWN : facts(source, settings));
            }
        }
        return facts;
    }

    /** A closed index has no facts to give; a shard that is away will have them again. */
    private static void refuseUnavailable(MultiGetResponse.Failure failure) {
        RestStatus status = ExceptionsHelper.status(failure.getFailure());
        if (status.getStatus() >= 500 || status == RestStatus.TOO_MANY_REQUESTS) {
            throw new ElasticsearchStatusException(
                    "products of [{}] cannot be read at the moment: {}",
                    status,
                    failure.getFailure(),
                    failure.getIndex(),
                    failure.getMessage());
        }
    }

    private static ItemFacts facts(Map<String, Object> source, CatalogSettings settings) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (String attribute : settings.attributes()) {
            List<String> values = texts(value(attribute, source));
            if (!values.isEmpty()) {
                attributes.put(attribute, values);
            }
        }
        double price =
                settings.price().map(field -> number(value(field, source))).orElse(Double.NaN);
        return new ItemFacts(attributes, price);
    }

    /** What _source has for a field; a multi-field such as brand.keyword is what its parent is. */
    private static Object value(String field, Map<String, Object> source) {
        Object value = XContentMapValues.extractValue(field, source);
        int dot = field.lastIndexOf('.');
        if (value == null && dot > 0) {
            value = XContentMapValues.extractValue(field.substring(0, dot), source);
        }
        return value instanceof Map ? null : value;
    }

    private static List<String> texts(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().filter(v -> v != null).map(Object::toString).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /** A number, or text that is one, as Elasticsearch takes it too; of several the first. */
    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Collection<?> values && !values.isEmpty()) {
            return number(values.iterator().next());
        }
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return Double.NaN;
    }
}
