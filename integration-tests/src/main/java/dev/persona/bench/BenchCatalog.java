package dev.persona.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.recount.CountedEvent.Facts;
import dev.persona.bench.recount.RecountRules;
import dev.persona.client.ElasticsearchClient;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * A catalog of products with category, brand and price. Its index has one shard and, where there
 * are several nodes, a replica.
 *
 * @param name of the index
 * @param products what is in it
 * @param zone of its days and hours
 */
public record BenchCatalog(String name, List<BenchProduct> products, ZoneId zone) {

    private static final int CATEGORIES = 20;
    private static final int BRANDS = 60;

    /** A type of event that only this shop has. */
    public static final String CUSTOM_TYPE = "wishlist";

    private static final double CUSTOM_WEIGHT = 2.5;
    private static final String CATEGORY = "category";

    /** Draws the products of a catalog; the same seed draws the same. */
    public static BenchCatalog draw(String name, int products, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<BenchProduct> drawn = new ArrayList<>();
        for (int i = 0; i < products; i++) {
            drawn.add(
                    new BenchProduct(
                            "p" + i,
                            "category-" + random.nextInt(CATEGORIES),
                            "brand-" + random.nextInt(BRANDS),
                            Math.rint(100 * Math.exp(1 + 4 * random.nextDouble())) / 100));
        }
        return new BenchCatalog(name, List.copyOf(drawn), ZoneId.of("UTC"));
    }

    /** A path below the index, such as {@code /products/_persona/events}. */
    public String path(String rest) {
        return "/" + name + rest;
    }

    /** Where the events are stored. */
    public String eventsIndex() {
        return "persona-events-" + name;
    }

    /** Where the profiles are stored. */
    public String profilesIndex() {
        return "persona-profiles-" + name;
    }

    /** How its events count. */
    public RecountRules rules() {
        return RecountRules.DEFAULT
                .withWeight(CUSTOM_TYPE, CUSTOM_WEIGHT)
                .withCategory(CATEGORY)
                .withZone(zone);
    }

    /** What its profiles should know of each product. */
    public Map<String, Facts> facts() {
        Map<String, Facts> facts = new HashMap<>();
        for (BenchProduct product : products) {
            facts.put(
                    product.id(),
                    new Facts(
                            Map.of(
                                    CATEGORY,
                                    List.of(product.category()),
                                    "brand",
                                    List.of(product.brand())),
                            OptionalDouble.of(product.price())));
        }
        return facts;
    }

    /** Creates the index with its products and registers it. */
    public void create(ElasticsearchClient client) {
        ObjectNode index = ElasticsearchClient.JSON.createObjectNode();
        index.putObject("settings")
                .put("number_of_shards", 1)
                .put("index.auto_expand_replicas", "0-1");
        ObjectNode properties = index.putObject("mappings").putObject("properties");
        properties.putObject("title").put("type", "text");
        properties.putObject("category").put("type", "keyword");
        properties.putObject("brand").put("type", "keyword");
        properties.putObject("price").put("type", "double");
        client.call("PUT", path(""), index);

        StringBuilder lines = new StringBuilder();
        for (BenchProduct product : products) {
            lines.append("{\"index\": {\"_id\": \"").append(product.id()).append("\"}}\n");
            lines.append(product.source()).append('\n');
        }
        JsonNode stored = client.callNdjson("POST", path("/_bulk?refresh=true"), lines.toString());
        if (stored.path("errors").asBoolean(true)) {
            throw new BenchFailure("products were not stored: " + stored);
        }

        ObjectNode settings = ElasticsearchClient.JSON.createObjectNode();
        ObjectNode fields =
                settings.putObject("fields").put("title", "title").put("price", "price");
        fields.putArray("attributes").add(CATEGORY).add("brand");
        fields.put("category", CATEGORY);
        settings.put("time_zone", zone.getId());
        settings.putObject("custom_events").put(CUSTOM_TYPE, CUSTOM_WEIGHT);
        client.call("PUT", path("/_persona"), settings);
    }
}
