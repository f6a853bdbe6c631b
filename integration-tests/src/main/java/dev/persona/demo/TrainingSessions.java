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
import dev.persona.demo.shop.ClickModel;
import dev.persona.demo.shop.ClickModel.Reaction;
import dev.persona.demo.shop.GeneratedShop;
import dev.persona.demo.shop.ShopSession;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plays the training sessions: a real search without personalization, its hits shown as an
 * impression, and what the user then does, all sent as events.
 */
final class TrainingSessions {

    /** Hits on the page. */
    static final int SHOWN = 24;

    private static final int BATCH = 200;
    private static final int THREADS = 3;
    private static final long STEP_MILLIS = 4000;

    private final GeneratedShop shop;
    private final ProductSearch search;
    private final EventSender sender;
    private final Popularity popularity;

    TrainingSessions(
            GeneratedShop shop, ProductSearch search, EventSender sender, Popularity popularity) {
        this.shop = shop;
        this.search = search;
        this.sender = sender;
        this.popularity = popularity;
    }

    /** Plays all of them; the popularity counts what is sent. */
    void play(List<ShopSession> sessions, Progress.Step step) {
        Workers.each(
                Workers.parts(sessions, BATCH),
                THREADS,
                part -> {
                    List<List<Hit>> pages = search.all(part.stream().map(this::search).toList());
                    EventLines lines = new EventLines();
                    for (int i = 0; i < part.size(); i++) {
                        browse(part.get(i), pages.get(i), lines);
                    }
                    sender.send(lines);
                    step.advance(part.size());
                    return lines.count();
                });
    }

    private ObjectNode search(ShopSession session) {
        return search.plain(session.query().text(), session.page() * SHOWN, SHOWN);
    }

    private void browse(ShopSession session, List<Hit> page, EventLines lines) {
        if (page.isEmpty()) {
            return;
        }
        lines.add(impression(session, page));
        RandomGenerator random = session.browsing();
        long at = session.at().toEpochMilli();
        for (int position = 1; position <= page.size(); position++) {
            String item = page.get(position - 1).id();
            double utility = session.utility(shop.product(item));
            Reaction reaction = ClickModel.browse(utility, position, random);
            for (String type : types(reaction)) {
                at += STEP_MILLIS;
                lines.add(follow(session, type, item, position, at));
                popularity.add(item, type);
            }
        }
    }

    private static ObjectNode impression(ShopSession session, List<Hit> page) {
        ObjectNode event = event(session, "impression", session.at().toEpochMilli(), "impression");
        ArrayNode items = event.putArray("items");
        ArrayNode scores = event.putArray("scores");
        for (Hit hit : page) {
            items.add(hit.id());
            scores.add(hit.score());
        }
        return event;
    }

    private ObjectNode follow(
            ShopSession session, String type, String item, int position, long at) {
        ObjectNode event = event(session, type, at, type + "-" + position);
        event.put("item_id", item).put("position", position);
        if (type.equals("purchase")) {
            event.put("quantity", 1).put("price", shop.product(item).price());
        }
        return event;
    }

    private static ObjectNode event(ShopSession session, String type, long at, String suffix) {
        String id = "s" + session.number();
        return EventLines.event(id + "-" + suffix, session.shopper().id(), type, at)
                .put("session_id", id)
                .put("query_id", "q" + session.number())
                .put("query", session.query().text());
    }

    private static List<String> types(Reaction reaction) {
        return switch (reaction) {
            case NONE -> List.of();
            case CLICK -> List.of("click");
            case CART -> List.of("click", "add_to_cart");
            case PURCHASE -> List.of("click", "add_to_cart", "purchase");
        };
    }
}
