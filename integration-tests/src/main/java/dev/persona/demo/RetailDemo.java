package dev.persona.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.measure.Popularity;
import dev.persona.demo.node.EventSender;
import dev.persona.demo.node.ProductDocument;
import dev.persona.demo.node.ProductSearch;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.progress.Progress;
import dev.persona.demo.retail.RetailCatalog;
import dev.persona.demo.retail.RetailFile;
import dev.persona.demo.retail.RetailFile.Reason;
import dev.persona.demo.retail.RetailProduct;
import dev.persona.demo.retail.RetailSplit;
import dev.persona.demo.retail.RetailSplit.HeldOut;
import dev.persona.demo.retail.RetailSplit.Invoice;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The demo on the purchases of a real shop, read from a file. */
final class RetailDemo {

    private static final List<String> ATTRIBUTES = List.of("category", "motif");
    private static final List<String> TEXT = List.of("title");
    private static final int MOST_HELD_OUT = 1500;
    private static final int SHOWN_QUERIES = 5;

    /** Purchases are far between: what was liked half a year ago still tells. */
    private static final String HALF_LIFE = "180d";

    private final Stage stage;
    private final Path file;

    RetailDemo(Stage stage, Path file) {
        this.stage = stage;
        this.file = file;
    }

    JsonNode run() {
        stage.introduce();
        RetailFile data = read();
        Instant cut = stage.options().cut().atStartOfDay(ZoneOffset.UTC).toInstant();
        // Profiles fade with the clock, so the file's calendar is moved: the cut is now.
        Duration shift = Duration.between(cut, stage.now());
        RetailSplit split = new RetailSplit(data.lines(), cut, stage.options().seed());
        RetailCatalog catalog = new RetailCatalog(split.known());
        List<Invoice> invoices = split.invoices(catalog);
        List<HeldOut> heldOut = split.heldOut(catalog, MOST_HELD_OUT);
        if (invoices.isEmpty() || heldOut.isEmpty()) {
            throw new DemoFailure(
                    "the cut %s leaves %,d invoices before it and %,d made queries after it; name"
                                    .formatted(
                                            stage.options().cut(), invoices.size(), heldOut.size())
                            + " a day within the time of the file with --cut");
        }
        explain(shift, invoices);

        ObjectNode settings =
                ElasticsearchClient.JSON.createObjectNode().put("half_life", HALF_LIFE);
        stage.openShop(
                ATTRIBUTES,
                settings,
                catalog.products().stream().map(p -> document(p, shift)).toList());
        ProductSearch search = stage.search(TEXT);
        Popularity popularity = new Popularity();
        long events = send(invoices, search, popularity, shift);
        stage.learn(events);

        ThreeBuyers three = ThreeBuyers.of(invoices, catalog);
        for (String customer : three.customers()) {
            stage.title("made query \"" + three.query() + "\" for customer " + customer);
            stage.say("  learned: %s", stage.learned(customer));
            stage.compare(search, three.query(), customer, "motif");
        }
        JsonNode line = new RetailMeasure(stage, split).run(heldOut, search, popularity, events);
        stage.title("Try it:");
        stage.lines(
                CurlLines.of(
                        stage.options().node(),
                        stage.options().index(),
                        three.customers().getFirst(),
                        three.query(),
                        catalog.products().getFirst().code(),
                        stage.now()));
        return line;
    }

    private RetailFile read() {
        try (Progress.Step step = stage.progress().step("reading " + file.getFileName())) {
            RetailFile data = RetailFile.read(file);
            long unknown = data.lines().stream().filter(l -> l.customer().isEmpty()).count();
            step.finish(
                    String.format(
                            Locale.ROOT,
                            "%,d product lines, %,d of them of unknown customers; left out %,d"
                                    + " cancelled, %,d that are no products, %,d without quantity or"
                                    + " price",
                            data.lines().size(),
                            unknown,
                            data.leftOut().getOrDefault(Reason.CANCELLED, 0),
                            data.leftOut().getOrDefault(Reason.NOT_A_PRODUCT, 0),
                            data.leftOut().getOrDefault(Reason.NO_QUANTITY_OR_PRICE, 0)));
            return data;
        }
    }

    private void explain(Duration shift, List<Invoice> invoices) {
        List<String> examples =
                invoices.stream()
                        .flatMap(i -> i.queries().stream())
                        .distinct()
                        .limit(SHOWN_QUERIES)
                        .toList();
        stage.title("Real purchases; what is made up is said here:");
        stage.say(
                "  queries are MADE from titles of items that were bought, such as \"%s\"",
                String.join("\", \"", examples));
        stage.say("  category and motif are words of the title: the file has neither");
        stage.say(
                "  all times are moved by %,d days, so that the cut %s is now",
                shift.toDays(), stage.options().cut());
        stage.say("  nothing from the cut on is sent");
    }

    private long send(
            List<Invoice> invoices, ProductSearch search, Popularity popularity, Duration shift) {
        EventSender sender = stage.sender();
        int lines = invoices.stream().mapToInt(i -> i.lines().size()).sum();
        try (Progress.Step step = stage.progress().step("sending", lines, "purchases")) {
            new RetailPurchases(search, sender, popularity, shift).send(invoices, step);
            step.finish(
                    String.format(
                            Locale.ROOT, "%,d purchases, %,d events", lines, sender.created()));
        }
        return sender.created();
    }

    private static ProductDocument document(RetailProduct product, Duration shift) {
        ObjectNode source =
                ElasticsearchClient.JSON
                        .createObjectNode()
                        .put("title", product.title())
                        .put("price", product.price())
                        .put("created_at", product.firstSold().plus(shift).toString());
        product.category().ifPresent(category -> source.put("category", category));
        product.motif().ifPresent(motif -> source.put("motif", motif));
        return new ProductDocument(product.code(), source);
    }
}
