package dev.persona.bench.events;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchProduct;
import dev.persona.client.ElasticsearchClient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Events as a shop's traffic brings them: every one of another user, as many sessions go on at a
 * time, and about an item of Zipf popularity (the k-th most popular one is drawn with a probability
 * in proportion to 1/k).
 */
final class DrawnEvents {

    private static final String[] TYPES = {"view", "click", "add_to_cart", "favorite", "purchase"};
    private static final double[] TYPES_UP_TO = {0.45, 0.75, 0.87, 0.92, 1};
    private static final int SPREAD_MILLIS = 600_000;

    private final List<BenchProduct> products;
    private final double[] popularityUpTo;
    private final SplittableRandom random;

    DrawnEvents(List<BenchProduct> products, long seed) {
        this.products = products;
        this.random = new SplittableRandom(seed);
        popularityUpTo = new double[products.size()];
        double sum = 0;
        for (int k = 0; k < popularityUpTo.length; k++) {
            sum += 1.0 / (k + 1);
            popularityUpTo[k] = sum;
        }
    }

    /**
     * Draws calls' bodies.
     *
     * @param prefix of the events' ids, which are numbered from 0
     * @param now the latest timestamp
     */
    List<Batch> batches(String prefix, int events, int batchSize, long now) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < events; from += batchSize) {
            List<String> ids = new ArrayList<>();
            StringBuilder lines = new StringBuilder();
            for (int i = from; i < Math.min(from + batchSize, events); i++) {
                String id = prefix + i;
                ids.add(id);
                lines.append(event(id, now)).append('\n');
            }
            batches.add(new Batch(ids, Batch.utf8(lines)));
        }
        return batches;
    }

    private ObjectNode event(String id, long now) {
        int user = random.nextInt(EventsBenchOptions.USERS);
        String type = TYPES[drawn(TYPES_UP_TO)];
        BenchProduct product = products.get(drawn(popularityUpTo));
        ObjectNode event =
                ElasticsearchClient.JSON
                        .createObjectNode()
                        .put("event_id", id)
                        .put("user_id", "u" + user)
                        .put("type", type)
                        .put("item_id", product.id())
                        .put("session_id", "s" + user + "-" + random.nextInt(4))
                        .put("timestamp", now - random.nextInt(SPREAD_MILLIS));
        if (type.equals("click")) {
            event.put("query_id", "q" + random.nextInt(100_000));
            event.put("position", 1 + random.nextInt(24));
        } else if (type.equals("purchase")) {
            event.put("quantity", 1 + random.nextInt(3)).put("price", product.price());
        }
        return event;
    }

    private int drawn(double[] upTo) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
    }
}
