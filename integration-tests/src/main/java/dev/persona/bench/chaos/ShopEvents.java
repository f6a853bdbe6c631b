package dev.persona.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchProduct;
import dev.persona.client.ElasticsearchClient;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The events of a shop, numbered from 0. Each is drawn from the seed and its number alone, so that
 * it can be sent, sent again, and counted without being kept.
 */
final class ShopEvents {

    private static final List<String> TYPES =
            List.of(
                    "impression",
                    "search",
                    "view",
                    "view",
                    "view",
                    "click",
                    "click",
                    "click",
                    "favorite",
                    "add_to_cart",
                    "remove_from_cart",
                    "purchase",
                    "purchase",
                    "rating",
                    "review",
                    "dismiss",
                    BenchCatalog.CUSTOM_TYPE);
    private static final List<String> CHANNELS = List.of("web", "app", "store");

    /** One of so many items is in no index: it has been sold out, or not yet been put in. */
    private static final int ONE_UNKNOWN_OF = 12;

    private static final int STARS = 5;

    private final List<BenchProduct> products;
    private final int users;
    private final long seed;
    private final long start;

    /**
     * @param users how many do something
     * @param start the latest time of an event, in milliseconds
     */
    ShopEvents(List<BenchProduct> products, int users, long seed, long start) {
        this.products = products;
        this.users = users;
        this.seed = seed;
        this.start = start;
    }

    static String id(int number) {
        return "e" + number;
    }

    static String user(int number) {
        return "u" + number;
    }

    private SplittableRandom random(int number, int purpose) {
        return new SplittableRandom(
                new SplittableRandom(seed * 31 + purpose).nextLong()
                        + 0x9E3779B97F4A7C15L * number);
    }

    /** An event as it is sent. */
    ObjectNode event(int number) {
        return draw(number, random(number, 0));
    }

    /** The same id and user again, with another body. */
    ObjectNode altered(int number) {
        ObjectNode other = draw(number, random(number, 1));
        other.set("user_id", event(number).get("user_id"));
        return other;
    }

    private ObjectNode draw(int number, SplittableRandom random) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        int user = random.nextInt(users);
        ObjectNode event =
                ElasticsearchClient.JSON
                        .createObjectNode()
                        .put("event_id", id(number))
                        .put("user_id", user(user))
                        .put("type", type)
                        .put("timestamp", start - late(random))
                        .put("session_id", "s" + user + "-" + random.nextInt(5));
        if (random.nextInt(3) > 0) {
            event.put("channel", CHANNELS.get(random.nextInt(CHANNELS.size())));
        }
        switch (type) {
            case "impression" -> {
                event.put("query_id", "q" + number);
                ArrayNode items = event.putArray("items");
                for (int i = 0; i < 8; i++) {
                    items.add(item(random));
                }
            }
            case "search" -> event.put("query", "lantern " + random.nextInt(50));
            case "purchase" -> {
                event.put("item_id", item(random)).put("quantity", 1 + random.nextInt(3));
                if (random.nextBoolean()) {
                    event.put("price", random.nextInt(1, 10_000) / 100.0);
                }
            }
            case "rating" -> {
                event.put("item_id", item(random));
                // From 0, which is for a rating without stars.
                int stars = random.nextInt(STARS + 1);
                if (stars > 0) {
                    event.put("value", stars);
                }
            }
            case "review" -> event.put("item_id", item(random)).put("text", "Bright!\n" + number);
            case BenchCatalog.CUSTOM_TYPE -> {
                if (random.nextBoolean()) {
                    event.put("item_id", item(random));
                }
                event.putObject("context").put("list", "birthday").put("private", user % 2 == 0);
            }
            default -> event.put("item_id", item(random));
        }
        return event;
    }

    /** Most are seconds late, many are days. */
    private static long late(SplittableRandom random) {
        int kind = random.nextInt(100);
        Duration most =
                kind < 60
                        ? Duration.ofMinutes(10)
                        : kind < 85
                                ? Duration.ofDays(1)
                                : kind < 98 ? Duration.ofDays(10) : Duration.ofDays(120);
        return random.nextLong(most.toMillis());
    }

    private String item(SplittableRandom random) {
        return random.nextInt(ONE_UNKNOWN_OF) == 0
                ? "gone-" + random.nextInt(100)
                : products.get(random.nextInt(products.size())).id();
    }
}
