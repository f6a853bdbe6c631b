package dev.persona.evaluate.recommend;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.Percentiles;
import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.node.ProductDocument;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.LoggedEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The products of a history as its events tell of them. */
final class Catalog {

    private Catalog() {}

    /**
     * A document for each item: title and price where the file says them, and when it was first
     * seen.
     *
     * @param history nothing from the cut on
     */
    static List<ProductDocument> products(History history, CalendarShift shift) {
        Map<String, List<LoggedEvent>> byItem = new TreeMap<>();
        for (LoggedEvent event : history.events()) {
            byItem.computeIfAbsent(event.item(), item -> new ArrayList<>()).add(event);
        }
        List<ProductDocument> products = new ArrayList<>();
        byItem.forEach((item, events) -> products.add(product(item, events, shift)));
        return products;
    }

    private static ProductDocument product(
            String item, List<LoggedEvent> events, CalendarShift shift) {
        ObjectNode source = ElasticsearchClient.JSON.createObjectNode();
        Map<String, Integer> titles = new HashMap<>();
        List<Double> prices = new ArrayList<>();
        Instant first = Instant.MAX;
        for (LoggedEvent event : events) {
            event.title().ifPresent(title -> titles.merge(title, 1, Integer::sum));
            event.price().ifPresent(prices::add);
            first = event.at().isBefore(first) ? event.at() : first;
        }
        titles.entrySet().stream()
                // The text decides between equal counts, so that runs agree.
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(title -> source.put("title", title.getKey()));
        if (!prices.isEmpty()) {
            source.put("price", Percentiles.of(prices).median());
        }
        return new ProductDocument(item, source.put("created_at", shift.of(first).toString()));
    }
}
