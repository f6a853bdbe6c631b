package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A shop of 240 lanterns and chairs of four brands, each kind in all brands alike, and 60 users of
 * whom each likes one brand: all that tells two users apart is what they did.
 */
final class SmallShop {

    /** What is searched for. */
    static final List<String> KINDS = List.of("lantern", "chair");

    static final List<String> BRANDS = List.of("acme", "borg", "cobb", "dunn");

    private static final int ITEMS = 240;
    private static final int USERS = 60;
    private static final int SEARCHES = 800;
    private static final int SHOWN = 12;
    private static final Duration PAST = Duration.ofDays(20);
    private static final int BATCH = 500;

    private final String index;

    /** The shop whose products are in an index. */
    SmallShop(String index) {
        this.index = index;
    }

    String index() {
        return index;
    }

    /** A user who likes a brand; there are fifteen for each. */
    static String userWhoLikes(String brand) {
        return user(BRANDS.indexOf(brand));
    }

    private static String user(int number) {
        return "shopper-" + number;
    }

    private static String kind(int item) {
        return KINDS.get(item % KINDS.size());
    }

    /** The brand of an item. */
    static String brand(String item) {
        return brand(Integer.parseInt(item.substring(1)));
    }

    private static String brand(int item) {
        return BRANDS.get(item / KINDS.size() % BRANDS.size());
    }

    /** Creates the product index, fills it, and registers it with Persona. */
    void open(ElasticsearchClient client, int shards, int replicas) {
        client.call("PUT", "/" + index, definition(shards, replicas));
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            bulk.append("{\"index\":{\"_id\":\"p").append(i).append("\"}}\n");
            bulk.append(product(i)).append('\n');
        }
        JsonNode stored =
                client.callNdjson("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
        assertFalse(stored.path("errors").asBoolean(), stored.toString());
        Map<String, Object> roles =
                Map.of(
                        "title", "title",
                        "price", "price",
                        "created_at", "created_at",
                        "attributes", List.of("category", "brand"));
        JsonNode registered = client.call("PUT", path(""), Map.of("fields", roles, "factors", 16));
        assertEquals(index, registered.path("catalog").asText());
    }

    private static Map<String, Object> definition(int shards, int replicas) {
        Map<String, Object> fields =
                Map.of(
                        "title", Map.of("type", "text"),
                        "brand", Map.of("type", "keyword"),
                        "category", Map.of("type", "keyword"),
                        "price", Map.of("type", "float"),
                        "created_at", Map.of("type", "date"));
        return Map.of(
                "settings",
                Map.of("number_of_shards", shards, "number_of_replicas", replicas),
                "mappings",
                Map.of("properties", fields));
    }

    private static ObjectNode product(int i) {
        return ElasticsearchClient.JSON
                .createObjectNode()
                .put("title", "nice " + kind(i) + " number" + i)
                .put("brand", brand(i))
                .put("category", kind(i))
                .put("price", 10 + i % 50)
                .put("created_at", "2026-01-%02dT00:00:00Z".formatted(1 + i % 28));
    }

    /**
     * What the users did until now: they searched, were shown twelve items in no particular order,
     * and mostly clicked and bought the brand they like.
     */
    List<ObjectNode> history() {
        Random random = new Random(1);
        long time = Instant.now().minus(PAST).toEpochMilli();
        long step = PAST.toMillis() / (SEARCHES + 1);
        List<ObjectNode> events = new ArrayList<>();
        for (int s = 0; s < SEARCHES; s++) {
            time += step;
            int user = random.nextInt(USERS);
            List<Integer> shown = shown(random);
            String query = "search-" + s;
            ObjectNode impression = event(events.size(), user(user), "impression", time);
            impression.put("query_id", query);
            shown.forEach(item -> impression.withArray("items").add("p" + item));
            shown.forEach(item -> impression.withArray("scores").add(1));
            events.add(impression);
            for (int item : shown) {
                boolean liked = brand(item).equals(BRANDS.get(user % BRANDS.size()));
                if (random.nextDouble() < (liked ? 0.6 : 0.05)) {
                    String type = random.nextInt(3) == 0 ? "purchase" : "click";
                    ObjectNode action = event(events.size(), user(user), type, time + 1000);
                    events.add(action.put("query_id", query).put("item_id", "p" + item));
                }
            }
        }
        return events;
    }

    private static List<Integer> shown(Random random) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        List<Integer> items =
                IntStream.range(0, ITEMS)
                        .filter(item -> kind(item).equals(kind))
                        .boxed()
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(items, random);
        return items.subList(0, SHOWN);
    }

    private static ObjectNode event(int number, String user, String type, long time) {
        return ElasticsearchClient.JSON
                .createObjectNode()
                .put("event_id", "event-" + number)
                .put("user_id", user)
                .put("type", type)
                .put("timestamp", time);
    }

    /** Sends events as NDJSON; each must be new. */
    void send(ElasticsearchClient client, List<ObjectNode> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            List<ObjectNode> batch = events.subList(from, Math.min(from + BATCH, events.size()));
            JsonNode answer = client.callNdjson("POST", path("/events"), lines(batch));
            assertEquals(batch.size(), answer.path("items").size());
            for (JsonNode item : answer.path("items")) {
                assertEquals("created", item.path("result").asText(), item.toString());
            }
        }
    }

    /** Events as NDJSON. */
    static String lines(List<ObjectNode> events) {
        return events.stream().map(event -> event + "\n").collect(Collectors.joining());
    }

    /** Waits until every stored event is in its profile. */
    void awaitProfiles(ElasticsearchClient client) {
        Eventually.isTrue(
                "profiles of " + index + " are up to date",
                () -> {
                    JsonNode followers = client.call("GET", path(""), null).at("/state/followers");
                    return followers.size() == 1
                            && followers.at("/0/operations_behind").asInt() == 0;
                });
    }

    /** Trains the ranker, on few enough examples that leaves must be small. */
    JsonNode trainRanker(ElasticsearchClient client) {
        return client.call(
                "POST",
                path("/models/default/_train"),
                Map.of("trees", 60, "leaves", 8, "min_data_in_leaf", 20, "learning_rate", 0.1));
    }

    /** Opened, with its history in the profiles. */
    static SmallShop withProfiles(ElasticsearchClient client, String index) {
        SmallShop shop = new SmallShop(index);
        shop.open(client, 2, 0);
        shop.send(client, shop.history());
        shop.awaitProfiles(client);
        return shop;
    }

    /** How often each user did what, counted from the events themselves. */
    static Map<String, Map<String, Integer>> count(List<ObjectNode> events) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (ObjectNode event : events) {
            counts.computeIfAbsent(event.path("user_id").asText(), user -> new HashMap<>())
                    .merge(event.path("type").asText(), 1, Integer::sum);
        }
        return counts;
    }

    /** How often each of some users did what, as their profiles say. */
    Map<String, Map<String, Integer>> countOfProfiles(
            ElasticsearchClient client, Iterable<String> users) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (String user : users) {
            JsonNode profile = client.call("GET", path("/profiles/" + user), null);
            Map<String, Integer> count = new HashMap<>();
            profile.at("/profile/events")
                    .properties()
                    .forEach(e -> count.put(e.getKey(), e.getValue().path("total").asInt()));
            counts.put(user, count);
        }
        return counts;
    }

    /** Path of a call, such as {@code /products/_persona/events}. */
    String path(String call) {
        return "/" + index + "/_persona" + call;
    }
}
