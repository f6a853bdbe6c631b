package dev.persona.evaluate.recommend;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.node.EventLines;
import dev.persona.demo.node.EventSender;
import dev.persona.demo.node.Persona;
import dev.persona.demo.node.ProductDocument;
import dev.persona.demo.node.ShopIndex;
import dev.persona.demo.node.Workers;
import dev.persona.demo.progress.Progress;
import dev.persona.evaluate.history.History;
import dev.persona.evaluate.history.LoggedEvent;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Brings a node to know what happened before a cut, by the calls that any shop could make. */
final class ShopOnNode {

    /** Name of the product index. */
    static final String INDEX = "evaluated";

    private static final int EVENTS_A_CALL = 1000;

    private final ElasticsearchClient client;
    private final int clients;
    private final Progress progress;

    ShopOnNode(ElasticsearchClient client, int clients, Progress progress) {
        this.client = client;
        this.clients = clients;
        this.progress = progress;
    }

    /** Indexes the products, sends the events, waits for the profiles, trains. */
    void open(History history, CalendarShift shift, EventWeights weights, FactorChoice choice) {
        ShopIndex index = new ShopIndex(client, INDEX);
        List<ProductDocument> products = Catalog.products(history, shift);
        try (Progress.Step step = progress.step("indexing", products.size(), "products")) {
            index.create(1, List.of(), settings(history, shift, weights, choice));
            index.index(products, step::advance);
            step.finish(String.format(Locale.ROOT, "%,d products", products.size()));
        }
        Persona persona = new Persona(client, INDEX);
        persona.awaitProfiles(send(history, shift), progress);
        persona.trainFactors(choice.training(), progress);
        index.refresh();
    }

    private static ObjectNode settings(
            History history, CalendarShift shift, EventWeights weights, FactorChoice choice) {
        ObjectNode settings =
                ElasticsearchClient.JSON
                        .createObjectNode()
                        .put("half_life", choice.halfLife())
                        .put("factors", FactorChoice.FACTORS)
                        .put("time_zone", shift.timeZone());
        ObjectNode byType = settings.putObject("event_weights");
        TreeSet<String> types = new TreeSet<>();
        history.events().forEach(event -> types.add(event.type()));
        types.forEach(type -> byType.put(type, weights.byType().getOrDefault(type, 0.0)));
        return settings;
    }

    private long send(History history, CalendarShift shift) {
        EventSender sender = new EventSender(client, INDEX);
        int all = history.events().size();
        try (Progress.Step step = progress.step("sending", all, "events")) {
            Workers.each(
                    Workers.parts(history.events(), EVENTS_A_CALL),
                    clients,
                    part -> {
                        EventLines lines = new EventLines();
                        part.forEach(event -> lines.add(body(event, shift)));
                        sender.send(lines);
                        step.advance(part.size());
                        return part.size();
                    });
            step.finish(String.format(Locale.ROOT, "%,d events", sender.created()));
        }
        return sender.created();
    }

    private static ObjectNode body(LoggedEvent event, CalendarShift shift) {
        ObjectNode body =
                EventLines.event(
                                event.id(),
                                event.user(),
                                event.type(),
                                shift.of(event.at()).toEpochMilli())
                        .put("item_id", event.item())
                        .put("session_id", event.occasion())
                        .put("quantity", event.quantity());
        event.price().ifPresent(price -> body.put("price", price));
        return body;
    }
}
