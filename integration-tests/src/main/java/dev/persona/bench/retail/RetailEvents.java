package dev.persona.bench.retail;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchProduct;
import dev.persona.demo.node.EventLines;
import dev.persona.demo.retail.RetailCatalog;
import dev.persona.demo.retail.RetailFile;
import dev.persona.demo.retail.RetailLine;
import dev.persona.demo.retail.RetailProduct;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A real shop as a catalog and the events of its known customers: what they bought is a purchase,
 * what they gave back is taken from the cart, an invoice is a session, a country a channel.
 *
 * @param catalog the products that were sold; the first word of the title that tells a family is
 *     the category, the first characters of the code are the brand
 * @param events each under an id of its own, in the order of the file
 */
record RetailEvents(BenchCatalog catalog, List<ObjectNode> events) {

    /** The shop's own, with clocks that change. */
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    private static final int BRAND_CHARACTERS = 3;

    /**
     * Makes events of a file.
     *
     * @param now all times are moved by the same number of whole days, so that the last is at most
     *     a day before
     */
    static RetailEvents of(RetailFile file, String name, Instant now) {
        List<BenchProduct> products =
                new RetailCatalog(file.lines())
                        .products().stream().map(RetailEvents::product).toList();
        Instant last =
                file.lines().stream()
                        .map(RetailLine::at)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        Duration shift = Duration.ofDays(Duration.between(last, now).toDays());
        List<ObjectNode> events = new ArrayList<>();
        file.lines().forEach(line -> add(events, line, "purchase", shift));
        file.cancelled().forEach(line -> add(events, line, "remove_from_cart", shift));
        return new RetailEvents(new BenchCatalog(name, products, ZONE), List.copyOf(events));
    }

    private static BenchProduct product(RetailProduct product) {
        return new BenchProduct(
                product.code(),
                product.category().orElse("other"),
                product.code().substring(0, BRAND_CHARACTERS),
                product.price());
    }

    private static void add(List<ObjectNode> events, RetailLine line, String type, Duration shift) {
        if (line.customer().isPresent()) {
            long time = line.at().plus(shift).toEpochMilli();
            String id = line.invoice() + "-" + line.number();
            events.add(
                    EventLines.event(id, line.customer().get(), type, time)
                            .put("item_id", line.code())
                            .put("quantity", line.quantity())
                            .put("price", line.price())
                            .put("session_id", line.invoice())
                            .put("channel", line.country()));
        }
    }
}
