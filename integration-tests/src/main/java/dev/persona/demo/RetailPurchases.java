package dev.persona.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.demo.measure.Popularity;
import dev.persona.demo.node.EventLines;
import dev.persona.demo.node.EventSender;
import dev.persona.demo.node.Hit;
import dev.persona.demo.node.ProductSearch;
import dev.persona.demo.node.Workers;
import dev.persona.demo.progress.Progress;
import dev.persona.demo.retail.RetailLine;
import dev.persona.demo.retail.RetailSplit.Invoice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends the purchases before the cut. Where an invoice has made queries, each is searched for real
 * and its hits are sent as an impression a minute before the purchase; a line whose item is among
 * the hits of a query is that query's follow-up.
 */
final class RetailPurchases {

    private static final int LINES_A_BATCH = 1000;
    private static final int THREADS = 3;
    private static final int SHOWN = 50;
    private static final Duration SEARCHED_BEFORE = Duration.ofMinutes(1);

    private final ProductSearch search;
    private final EventSender sender;
    private final Popularity popularity;
    private final Duration shift;

    /**
     * @param shift added to every time of the file
     */
    RetailPurchases(
            ProductSearch search, EventSender sender, Popularity popularity, Duration shift) {
        this.search = search;
        this.sender = sender;
        this.popularity = popularity;
        this.shift = shift;
    }

    /** Sends all of them, about in the order of time; the popularity counts what is sent. */
    void send(List<Invoice> invoices, Progress.Step step) {
        Workers.each(
                batches(invoices),
                THREADS,
                batch -> {
                    EventLines lines = new EventLines();
                    Map<String, List<Hit>> hits = search(batch);
                    batch.forEach(invoice -> add(invoice, hits, lines));
                    sender.send(lines);
                    step.advance(batch.stream().mapToInt(i -> i.lines().size()).sum());
                    return lines.count();
                });
    }

    private static List<List<Invoice>> batches(List<Invoice> invoices) {
        List<List<Invoice>> batches = new ArrayList<>();
        int size = LINES_A_BATCH;
        for (Invoice invoice : invoices) {
            if (size >= LINES_A_BATCH) {
                batches.add(new ArrayList<>());
                size = 0;
            }
            batches.getLast().add(invoice);
            size += invoice.lines().size();
        }
        return batches;
    }

    private Map<String, List<Hit>> search(List<Invoice> batch) {
        List<String> queries =
                batch.stream().flatMap(i -> i.queries().stream()).distinct().toList();
        Map<String, List<Hit>> byQuery = new HashMap<>();
        if (!queries.isEmpty()) {
            List<List<Hit>> answers =
                    search.all(queries.stream().map(q -> search.plain(q, SHOWN)).toList());
            for (int i = 0; i < answers.size(); i++) {
                byQuery.put(queries.get(i), answers.get(i));
            }
        }
        return byQuery;
    }

    /** Where an item stood among the hits of a made query. */
    private record Place(String queryId, String query, int position) {}

    private void add(Invoice invoice, Map<String, List<Hit>> hits, EventLines lines) {
        Map<String, Place> places = new HashMap<>();
        for (int q = 0; q < invoice.queries().size(); q++) {
            String query = invoice.queries().get(q);
            String queryId = invoice.number() + "-q" + q;
            List<Hit> page = hits.get(query);
            lines.add(impression(invoice.lines().getFirst(), queryId, query, page));
            for (int i = 0; i < page.size(); i++) {
                places.putIfAbsent(page.get(i).id(), new Place(queryId, query, i + 1));
            }
        }
        for (RetailLine line : invoice.lines()) {
            ObjectNode event = event(line, line.invoice() + "-" + line.number(), "purchase");
            event.put("item_id", line.code());
            event.put("timestamp", line.at().plus(shift).toEpochMilli());
            event.put("quantity", line.quantity()).put("price", line.price());
            Place place = places.get(line.code());
            if (place != null) {
                event.put("query_id", place.queryId()).put("query", place.query());
                event.put("position", place.position());
            }
            lines.add(event);
            popularity.add(line.code(), "purchase");
        }
    }

    private ObjectNode impression(RetailLine line, String queryId, String query, List<Hit> page) {
        ObjectNode event = event(line, queryId, "impression");
        event.put("timestamp", line.at().plus(shift).minus(SEARCHED_BEFORE).toEpochMilli());
        event.put("query_id", queryId).put("query", query);
        ArrayNode items = event.putArray("items");
        ArrayNode scores = event.putArray("scores");
        for (Hit hit : page) {
            items.add(hit.id());
            scores.add(hit.score());
        }
        return event;
    }

    private static ObjectNode event(RetailLine line, String id, String type) {
        return EventLines.event(id, line.customer().orElseThrow(), type, 0)
                .put("session_id", line.invoice());
    }
}
