package dev.persona.bench.recommend;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchProduct;
import dev.persona.client.ElasticsearchClient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Events of users who keep to a few brands each: four fifths of them about products of one of the
 * user's three, the rest about any. Within a brand the k-th product is drawn with a probability in
 * proportion to 1/k.
 */
final class TastefulEvents {
    private static final String[] TYPES = {"view", "view", "view", "click", "purchase"};
    private static final long MONTH = 30L * 24 * 60 * 60 * 1000;
    private static final int BRANDS_PER_USER = 3;

    private final List<List<BenchProduct>> brands;
    private final SplittableRandom random;

    TastefulEvents(List<BenchProduct> products, long seed) {
        Map<String, List<BenchProduct>> byBrand = new HashMap<>();
        for (BenchProduct product : products) {
            byBrand.computeIfAbsent(product.brand(), brand -> new ArrayList<>()).add(product);
        }
        this.brands = byBrand.keySet().stream().sorted().map(byBrand::get).toList();
        this.random = new SplittableRandom(seed);
    }

    /** The events of one user, as lines of a call. */
    void write(int user, int events, long now, StringBuilder lines) {
        for (int i = 0; i < events; i++) {
            int brand =
                    random.nextDouble() < 0.8
                            ? (user * 7 + random.nextInt(BRANDS_PER_USER) * 11) % brands.size()
                            : random.nextInt(brands.size());
            List<BenchProduct> products = brands.get(brand);
            int rank = (int) Math.exp(random.nextDouble() * Math.log(products.size()));
            ObjectNode event =
                    ElasticsearchClient.JSON
                            .createObjectNode()
                            .put("event_id", "e" + user + "-" + i)
                            .put("user_id", "u" + user)
                            .put("type", TYPES[random.nextInt(TYPES.length)])
                            .put("item_id", products.get(Math.min(rank, products.size()) - 1).id())
                            .put("timestamp", now - (long) (random.nextDouble() * MONTH));
            lines.append(event).append('\n');
        }
    }
}
