package dev.persona.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.measure.OrderComparison;
import dev.persona.demo.measure.Popularity;
import dev.persona.demo.node.EventSender;
import dev.persona.demo.node.ProductDocument;
import dev.persona.demo.node.ProductSearch;
import dev.persona.demo.node.Window;
import dev.persona.demo.node.WindowSearch;
import dev.persona.demo.node.WindowSearch.HeldOut;
import dev.persona.demo.progress.Progress;
import dev.persona.demo.shop.GeneratedShop;
import dev.persona.demo.shop.Product;
import dev.persona.demo.shop.SessionPlan;
import dev.persona.demo.shop.ShopSession;
import dev.persona.demo.shop.Shopper;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The demo on a generated shop, whose users have hidden tastes. */
final class GeneratedDemo {

    private static final List<String> ATTRIBUTES = List.of("category", "brand");
    private static final List<String> TEXT = List.of("title", "description");
    private static final String HIDDEN_TASTE = "hidden_taste";

    /** Sold by home, garden, kids, outdoor and office categories, so that tastes decide. */
    private static final String SHOWN_QUERY = "lamp";

    private static final Map<String, String> NAMES =
            Map.of(
                    Stage.FIRST_PASS,
                    "first pass (text only)",
                    Stage.POPULARITY,
                    "popularity",
                    Stage.PERSONALIZED,
                    "personalised",
                    HIDDEN_TASTE,
                    "the hidden tastes themselves");

    private final Stage stage;
    private final DemoOptions options;

    GeneratedDemo(Stage stage) {
        this.stage = stage;
        this.options = stage.options();
    }

    JsonNode run() {
        stage.introduce();
        DemoOptions.Size size = options.size();
        GeneratedShop shop =
                GeneratedShop.generate(options.seed(), stage.now(), size.products(), size.users());
        SessionPlan plan =
                SessionPlan.of(shop, options.seed(), stage.now(), size.sessions(), size.heldOut());
        stage.title(
                String.format(
                        Locale.ROOT,
                        "A generated shop: %,d products, %,d users with hidden tastes, seed %d",
                        size.products(),
                        size.users(),
                        options.seed()));
        stage.openShop(
                ATTRIBUTES,
                ElasticsearchClient.JSON.createObjectNode(),
                shop.products().stream().map(GeneratedDemo::document).toList());

        ProductSearch search = stage.search(TEXT);
        Popularity popularity = new Popularity();
        long events = play(shop, plan, search, popularity);
        stage.learn(events);

        List<Shopper> three = ThreeShoppers.of(shop, plan, SHOWN_QUERY);
        for (Shopper shopper : three) {
            stage.title("\"" + SHOWN_QUERY + "\" for " + shopper.id());
            stage.say("  hidden taste: %s", ThreeShoppers.describe(shop, shopper));
            stage.say("  learned:      %s", stage.learned(shopper.id()));
            stage.compare(search, SHOWN_QUERY, shopper.id(), "brand");
        }

        OrderComparison comparison = measure(shop, plan, search, popularity);
        stage.title(
                String.format(
                        Locale.ROOT,
                        "%,d held-out sessions, each its user's last, after everything that was"
                                + " sent; up to %d candidates each,",
                        comparison.sessions(),
                        Stage.WINDOW));
        stage.say("judged by the same simulated user without position bias (docs/demo.md)");
        stage.figures(comparison, NAMES);

        stage.title("Try it:");
        stage.lines(
                CurlLines.of(
                        options.node(),
                        options.index(),
                        three.getFirst().id(),
                        SHOWN_QUERY,
                        shop.products().getFirst().id(),
                        stage.now()));
        return stage.line(comparison, events);
    }

    private long play(
            GeneratedShop shop, SessionPlan plan, ProductSearch search, Popularity popularity) {
        EventSender sender = stage.sender();
        int sessions = plan.training().size();
        try (Progress.Step step =
                stage.progress().step("searching and clicking", sessions, "sessions")) {
            new TrainingSessions(shop, search, sender, popularity).play(plan.training(), step);
            step.finish(
                    String.format(
                            Locale.ROOT, "%,d sessions, %,d events", sessions, sender.created()));
        }
        return sender.created();
    }

    private OrderComparison measure(
            GeneratedShop shop, SessionPlan plan, ProductSearch search, Popularity popularity) {
        List<Window> windows;
        try (Progress.Step step =
                stage.progress().step("measuring", plan.heldOut().size(), "held-out sessions")) {
            List<HeldOut> searches =
                    plan.heldOut().stream()
                            .map(s -> new HeldOut(s.shopper().id(), s.query().text()))
                            .toList();
            windows = new WindowSearch(search, Stage.WINDOW).of(searches, step);
            step.finish(String.format(Locale.ROOT, "%,d held-out sessions", windows.size()));
        }
        OrderComparison comparison =
                new OrderComparison(
                        List.of(
                                Stage.FIRST_PASS,
                                Stage.POPULARITY,
                                Stage.PERSONALIZED,
                                HIDDEN_TASTE),
                        options.seed());
        for (int i = 0; i < windows.size(); i++) {
            ShopSession session = plan.heldOut().get(i);
            Window window = windows.get(i);
            Judgement judgement = Judgement.of(session, shop, window.ids());
            comparison.add(
                    judgement.grades(),
                    Map.of(
                            Stage.FIRST_PASS,
                            new double[window.ids().size()],
                            Stage.POPULARITY,
                            window.ids().stream().mapToDouble(popularity::of).toArray(),
                            Stage.PERSONALIZED,
                            window.personalized(),
                            HIDDEN_TASTE,
                            judgement.utilities()));
        }
        return comparison;
    }

    private static ProductDocument document(Product product) {
        ObjectNode source =
                ElasticsearchClient.JSON
                        .createObjectNode()
                        .put("title", product.title())
                        .put("description", product.description())
                        .put("brand", product.brand())
                        .put("category", product.category())
                        .put("price", product.price())
                        .put("created_at", product.createdAt().toString());
        return new ProductDocument(product.id(), source);
    }
}
