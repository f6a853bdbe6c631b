package dev.persona.evaluate.recommend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchFailure;
import dev.persona.bench.Percentiles;
import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.progress.Progress;
import dev.persona.evaluate.history.Candidates;
import dev.persona.evaluate.history.History;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a node for recommendations, one request a user, and measures how long each takes. */
final class AskedNode implements Recommender {

    private static final double NANOS_A_MILLI = 1e6;

    private final ElasticsearchClient client;
    private final History history;
    private final Progress.Step step;
    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unknownUsers = new AtomicInteger();
    private final AtomicInteger boughtBefore = new AtomicInteger();

    AskedNode(ElasticsearchClient client, History history, Progress.Step step) {
        this.client = client;
        this.history = history;
        this.step = step;
    }

    @Override
    public List<String> items(String user, Candidates candidates) {
        ObjectNode body =
                ElasticsearchClient.JSON
                        .createObjectNode()
                        .put("user", user)
                        .put("size", SIZE)
                        .put("_source", false);
        if (candidates == Candidates.NEW) {
            body.putArray("exclude").add("purchased");
        }
        long start = System.nanoTime();
        JsonNode answer = client.call("POST", "/" + ShopOnNode.INDEX + "/_persona/recommend", body);
        millis.add((System.nanoTime() - start) / NANOS_A_MILLI);
        step.advance(1);
        if (!answer.path("found").asBoolean()) {
            unknownUsers.incrementAndGet();
        }
        List<String> items = checked(answer, body);
        if (candidates == Candidates.NEW) {
            int[] bought = history.boughtBy(history.users().indexOf(user));
            for (String item : items) {
                if (Arrays.binarySearch(bought, history.items().indexOf(item)) >= 0) {
                    boughtBefore.incrementAndGet();
                }
            }
        }
        return items;
    }

    private List<String> checked(JsonNode answer, ObjectNode body) {
        Set<String> items = new LinkedHashSet<>();
        for (JsonNode item : answer.path("items")) {
            String id = item.path("item").asText();
            if (history.items().indexOf(id) < 0) {
                throw new BenchFailure(
                        "[%s] was recommended, which is no item of the catalog; asked was %s"
                                .formatted(id, body));
            }
            if (!items.add(id)) {
                throw new BenchFailure(
                        "[%s] was recommended twice in one answer; asked was %s"
                                .formatted(id, body));
            }
        }
        if (!answer.path("items").isArray() || items.size() > SIZE) {
            throw new BenchFailure(
                    "expected an array [items] of %d at most for %s, was %s"
                            .formatted(SIZE, body, answer));
        }
        return List.copyOf(items);
    }

    /** Milliseconds of all requests. */
    Percentiles millis() {
        return Percentiles.of(millis);
    }

    /** How many answers said that the user is not known, though events were sent. */
    int unknownUsers() {
        return unknownUsers.get();
    }

    /** How many items had been bought before, though these were excluded. */
    int boughtBefore() {
        return boughtBefore.get();
    }
}
