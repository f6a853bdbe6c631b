package dev.persona.demo.node;

import static dev.persona.client.ElasticsearchClient.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers the calls of the demo as docs/api.md has them, in this process. Text is ranked for real;
 * personalization is the simplest that works: how often a user chose each category and brand.
 */
public final class StandInNode implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final Map<String, JsonNode> mappings = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> products = new LinkedHashMap<>();
    private final Map<String, JsonNode> events = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> chosen = new ConcurrentHashMap<>();
    private volatile JsonNode catalog = JSON.createObjectNode();
    private TextIndex text;
    private StandInRecommendations recommendations;

    /** Listens on a free port of this machine. */
    public StandInNode() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(pool);
        server.start();
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Every event that was stored, by id. */
    public Map<String, JsonNode> events() {
        return events;
    }

    /** The settings of the catalog. */
    public JsonNode catalog() {
        return catalog;
    }

    /** Puts an index there that no demo made. */
    public void foreignIndex(String name) {
        mappings.put(name, JSON.createObjectNode());
    }

    /** Whether there is an index of this name. */
    public boolean hasIndex(String name) {
        return mappings.containsKey(name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = 200;
        byte[] answer;
        try {
            JsonNode json = route(call, body);
            status = json.path("status").asInt(200);
            answer = JSON.writeValueAsBytes(json);
        } catch (RuntimeException e) {
            status = 500;
            answer = String.valueOf(e).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private JsonNode route(String call, String body) throws IOException {
        String[] parts = call.split("[ /]+", 3);
        String index = parts.length > 1 ? parts[1] : "";
        String rest = parts.length > 2 ? parts[0] + " " + parts[2] : parts[0] + " ";
        if (index.equals("_persona")) {
            return about();
        }
        if (rest.startsWith("GET _persona/profiles/")) {
            return profile(rest.substring(rest.lastIndexOf('/') + 1));
        }
        return switch (rest) {
            case "GET " -> index(index);
            case "PUT " -> create(index, JSON.readTree(body));
            case "DELETE " -> mappings.remove(index) == null ? notFound() : acknowledged();
            case "DELETE _persona" -> purge();
            case "PUT _persona" -> register(JSON.readTree(body));
            case "GET _persona" -> state();
            case "POST _bulk" -> bulk(body.split("\n"));
            case "POST _refresh" -> refresh();
            case "POST _persona/events" -> store(body.split("\n"));
            case "POST _persona/factors/_train" -> JSON.createObjectNode().put("factors", 64);
            case "POST _persona/recommend" -> recommend(JSON.readTree(body));
            case "POST _persona/models/default/_train" -> JSON.createObjectNode().put("version", 1);
            case "POST _msearch" -> searches(body.split("\n"));
            default -> JSON.createObjectNode().put("status", 405).put("error", call);
        };
    }

    private static ObjectNode acknowledged() {
        return JSON.createObjectNode().put("acknowledged", true);
    }

    private static ObjectNode notFound() {
        return JSON.createObjectNode().put("status", 404);
    }

    private static JsonNode about() {
        ObjectNode about = JSON.createObjectNode().put("version", "0.1.0");
        ObjectNode node = about.putObject("nodes").putObject("abc").put("name", "stand-in");
        node.putObject("blas").put("library", "jblas").put("loaded", true);
        node.putObject("lightgbm").put("library", "lightgbm4j").put("loaded", true);
        return about;
    }

    private JsonNode index(String name) {
        if (!mappings.containsKey(name)) {
            return notFound();
        }
        ObjectNode found = JSON.createObjectNode();
        found.putObject(name).set("mappings", mappings.get(name));
        return found;
    }

    private JsonNode create(String name, JsonNode body) {
        mappings.put(name, body.path("mappings"));
        return acknowledged();
    }

    private synchronized JsonNode purge() {
        events.clear();
        recommendations = null;
        chosen.clear();
        return acknowledged();
    }

    private JsonNode register(JsonNode body) {
        catalog = body;
        return acknowledged();
    }

    private JsonNode state() {
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode state = answer.putObject("state");
        state.put("events", events.size()).put("profiles", chosen.size());
        state.putArray("followers").addObject().put("shard", 0).put("operations_behind", 0);
        return answer;
    }

    private JsonNode bulk(String[] lines) throws IOException {
        for (int i = 0; i < lines.length; i += 2) {
            String id = JSON.readTree(lines[i]).path("index").path("_id").asText();
            products.put(id, JSON.readTree(lines[i + 1]));
        }
        return JSON.createObjectNode().put("errors", false);
    }

    private synchronized JsonNode refresh() {
        text = new TextIndex(products, List.of("title", "description"));
        return JSON.createObjectNode();
    }

    private JsonNode store(String[] lines) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (String line : lines) {
            JsonNode event = JSON.readTree(line);
            String id = event.path("event_id").asText();
            boolean created = events.putIfAbsent(id, event) == null;
            items.addObject()
                    .put("event_id", id)
                    .put("status", created ? 201 : 200)
                    .put("result", created ? "created" : "duplicate");
            JsonNode product = products.get(event.path("item_id").asText());
            if (created && product != null) {
                Map<String, Integer> counts =
                        chosen.computeIfAbsent(
                                event.path("user_id").asText(), u -> new ConcurrentHashMap<>());
                attributes().stream()
                        .filter(product::has)
                        .forEach(a -> counts.merge(key(a, product), 1, Integer::sum));
            }
        }
        return answer;
    }

    private synchronized JsonNode recommend(JsonNode body) {
        if (recommendations == null) {
            recommendations = new StandInRecommendations(events.values());
        }
        return recommendations.answer(body);
    }

    private List<String> attributes() {
        List<String> attributes = new ArrayList<>();
        catalog.path("fields").path("attributes").forEach(a -> attributes.add(a.asText()));
        return attributes;
    }

    private static String key(String attribute, JsonNode product) {
        return attribute + ":" + product.path(attribute).asText();
    }

    private JsonNode profile(String user) {
        ObjectNode answer = JSON.createObjectNode().put("user", user);
        ObjectNode affinities = answer.putObject("profile").putObject("affinities");
        chosen.getOrDefault(user, Map.of())
                .forEach(
                        (key, count) -> {
                            String[] pair = key.split(":", 2);
                            affinities.withObject("/" + pair[0]).put(pair[1], count);
                        });
        return answer;
    }

    private JsonNode searches(String[] lines) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode responses = answer.putArray("responses");
        for (int i = 1; i < lines.length; i += 2) {
            responses.add(search(JSON.readTree(lines[i])));
        }
        return answer;
    }

    private ObjectNode search(JsonNode body) {
        JsonNode match = body.path("query").path("multi_match");
        List<String> fields = new ArrayList<>();
        match.path("fields").forEach(field -> fields.add(field.asText()));
        JsonNode rescore = body.path("rescore");
        int from = body.path("from").asInt();
        int size = from + body.path("size").asInt();
        Map<String, Double> hits =
                text.search(
                        match.path("query").asText(),
                        fields,
                        Math.max(size, rescore.path("window_size").asInt()));
        String user = rescore.path("personalize").path("user").asText();
        Map<String, Integer> counts = chosen.getOrDefault(user, Map.of());
        List<ObjectNode> found = new ArrayList<>();
        boolean explain = body.path("explain").asBoolean();
        hits.forEach((id, score) -> found.add(hit(id, score, counts, explain)));
        found.sort(
                (a, b) -> Double.compare(b.get("_score").asDouble(), a.get("_score").asDouble()));
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("hits")
                .putArray("hits")
                .addAll(found.subList(Math.min(from, found.size()), Math.min(size, found.size())));
        return answer;
    }

    private ObjectNode hit(String id, double score, Map<String, Integer> counts, boolean explain) {
        Map<String, Double> parts = new HashMap<>();
        parts.put("first_pass_score", score);
        JsonNode product = products.get(id);
        for (String attribute : attributes()) {
            int count = counts.getOrDefault(key(attribute, product), 0);
            parts.put("affinity_" + attribute, 5 * Math.log1p(count));
        }
        double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        ObjectNode hit = JSON.createObjectNode().put("_id", id).put("_score", sum);
        hit.set("_source", product);
        if (!explain) {
            return hit;
        }
        ArrayNode details = hit.putObject("_explanation").put("value", sum).putArray("details");
        parts.forEach(
                (feature, part) ->
                        details.addObject()
                                .put("description", feature + " = " + part)
                                .put("value", part));
        return hit;
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
