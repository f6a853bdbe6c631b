package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A shop of two brands whose users like one each: those with an even number acme, as do products
 * with an even number. Users look at products they like, and click what they like of what they are
 * shown.
 */
final class TasteShop {
    static final int USERS = 12;
    static final int PRODUCTS = 24;
    private static final int FACTORS = 8;
    private static final int IMPRESSIONS = 4;

    /** Recent, so that nothing has faded. */
    private static final long OPENED = System.currentTimeMillis() - 3_600_000;

    private TasteShop() {}

    static String brand(int number) {
        return number % 2 == 0 ? "acme" : "bolt";
    }

    /** Products and a catalog, with no events. */
    static void open(String index, int shards) throws IOException {
        stock(index, shards);
        PersonaClusterTestCase.register(index, FACTORS);
    }

    /** Products. */
    static void stock(String index, int shards) throws IOException {
        PersonaClusterTestCase.createProducts(index, shards);
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < PRODUCTS; i++) {
            bulk.append("{\"index\": {\"_id\": \"p%s\"}}\n".formatted(i));
            bulk.append(
                    """
                    {"title": "%s %s", "category": "lamps", "brand": "%s", "price": %s,\
                     "created_at": "2026-01-01T00:00:00Z"}
                    """
                            .formatted("lantern ".repeat(1 + i / 2 % 4), i, brand(i), 10 + i));
        }
        PersonaClusterTestCase.ok(
                PersonaClusterTestCase.call(
                        "POST", "/" + index + "/_bulk?refresh=true", bulk.toString()));
    }

    /** An index or alias with products becomes a catalog with profiles, factors and a model. */
    static void train(String catalog) throws Exception {
        PersonaClusterTestCase.register(catalog, FACTORS);
        visit(catalog);
        trainFactors(catalog);
        trainModel(catalog, "default");
    }

    /** What its users did, until it is in their profiles. */
    static void visit(String catalog) throws Exception {
        List<ObjectNode> events = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            // Each leaves out another few of the products of the brand.
            for (int item = user % 2; item < PRODUCTS; item += 2) {
                if ((item / 2 + user / 2) % 4 != 0) {
                    events.add(view(user, item));
                }
            }
            for (int list = 0; list < IMPRESSIONS; list++) {
                events.addAll(impression(user, list));
            }
        }
        PersonaClusterTestCase.send(catalog, events);
        PersonaClusterTestCase.awaitProfiles(catalog);
    }

    private static ObjectNode view(int user, int item) {
        return PersonaClusterTestCase.event(
                "view-" + user + "-" + item, "u" + user, "view", "p" + item, OPENED + item);
    }

    /** Six products in a row, of which the first of the user's brand is clicked. */
    private static List<ObjectNode> impression(int user, int list) {
        int start = (user * 5 + list * 7) % PRODUCTS;
        int liked = start % 2 == user % 2 ? start : (start + 1) % PRODUCTS;
        long time = OPENED + 1000 * (1 + list) + user;
        String query = "query-" + user + "-" + list;
        ObjectNode shown = PersonaClusterTestCase.event(query, "u" + user, "impression", "", time);
        shown.remove("item_id");
        ArrayNode items = shown.putArray("items");
        ArrayNode scores = shown.putArray("scores");
        for (int i = 0; i < 6; i++) {
            items.add("p" + (start + i) % PRODUCTS);
            scores.add(1.5);
        }
        shown.put("query_id", query);
        ObjectNode click =
                PersonaClusterTestCase.event(
                        "click-" + query, "u" + user, "click", "p" + liked, time + 1);
        click.put("query_id", query);
        return List.of(shown, click);
    }

    /** Trains a ranking model; on so little that leaves have to be small. */
    static JsonNode trainModel(String catalog, String model) throws IOException {
        return PersonaClusterTestCase.ok(
                PersonaClusterTestCase.call(
                        "POST",
                        "/" + catalog + "/_persona/models/" + model + "/_train",
                        "{\"trees\": 20, \"leaves\": 4, \"min_data_in_leaf\": 3}"));
    }

    static JsonNode trainFactors(String catalog) throws IOException {
        return PersonaClusterTestCase.ok(
                PersonaClusterTestCase.call(
                        "POST", "/" + catalog + "/_persona/factors/_train", "{\"iterations\": 5}"));
    }
}
