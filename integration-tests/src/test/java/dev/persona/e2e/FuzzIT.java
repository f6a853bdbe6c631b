package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.local.LocalCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Whatever is sent as events is answered, does no harm, and is stored just as it was answered. */
@ExtendWith(SharedNode.class)
class FuzzIT {

    private static final int EVENTS = 21_000;
    private static final int THREADS = 3;
    private static final int MOST_EVENTS_OF_A_CALL = 20;
    private static final int MOST_BYTES = SharedNode.MOST_BODY_BYTES - 1024;
    private static final long SEED = 20_260_101;
    private static final List<String> CONTENT_TYPES =
            List.of(
                    "text/plain",
                    "application/cbor",
                    "application/smile",
                    "application/yaml",
                    "application/json; charset=utf-16",
                    "application/vnd.elasticsearch+json",
                    "nonsense",
                    "image/png");

    private final LocalCluster cluster;
    private final ElasticsearchClient client;
    private final SmallShop shop = new SmallShop("fuzzy-shop");

    FuzzIT(LocalCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client(0);
    }

    /** What became of the events that one thread has sent. */
    private record Sent(
            int events, int calls, List<String> created, Map<String, Integer> answers) {}

    @Test
    void mutatedEventsAreAnsweredAndStoredAsAnswered() throws Exception {
        shop.open(client, 1, 0);
        long pid = cluster.pid(0);
        List<String> created = new ArrayList<>();
        Map<String, Integer> answers = new TreeMap<>();
        int events = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Sent>> senders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                senders.add(threads.submit(() -> send(number)));
            }
            for (Future<Sent> sender : senders) {
                Sent sent = sender.get();
                events += sent.events();
                created.addAll(sent.created());
                sent.answers().forEach((answer, n) -> answers.merge(answer, n, Integer::sum));
            }
        }
        System.out.println("seed " + SEED + ", " + events + " events, answers " + answers);

        assertTrue(events >= 20_000, events + " events");
        assertTrue(cluster.alive(0));
        assertEquals(pid, cluster.pid(0));
        assertEquals(200, client.send("GET", "/_persona", null).status());
        assertTrue(created.size() > events / 10, created.size() + " created");
        assertEquals(new TreeSet<>(created).size(), created.size(), "an id was created twice");
        shop.awaitProfiles(client);
        assertStoreIsThatOfTheAnswers(new TreeSet<>(created));
    }

    private Sent send(int thread) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
        List<String> created = new ArrayList<>();
        Map<String, Integer> answers = new TreeMap<>();
        EventMutator plain = new EventMutator(SEED + thread, "n" + thread + "-", false);
        EventMutator ubi = new EventMutator(SEED - thread, "u" + thread + "-", true);
        int events = 0;
        int calls = 0;
        try (http) {
            while (events < EVENTS / THREADS) {
                boolean isUbi = plain.random().nextInt(4) == 0;
                EventMutator mutator = isUbi ? ubi : plain;
                int size = 1 + plain.random().nextInt(MOST_EVENTS_OF_A_CALL);
                boolean lines = plain.random().nextInt(8) > 0;
                byte[] body = body(mutator, size, lines);
                HttpResponse<byte[]> answer =
                        http.send(
                                request(body, isUbi, lines, plain.random()),
                                BodyHandlers.ofByteArray());
                calls++;
                events += size;
                read(answer, created, answers);
            }
        }
        return new Sent(events, calls, created, answers);
    }

    private HttpRequest request(byte[] body, boolean ubi, boolean lines, Random random) {
        String right = lines ? "application/x-ndjson" : "application/json";
        String type =
                random.nextInt(20) == 0
                        ? CONTENT_TYPES.get(random.nextInt(CONTENT_TYPES.size()))
                        : right;
        URI uri =
                cluster.uri(0)
                        .resolve(shop.path("/events") + "?format=" + (ubi ? "ubi" : "native"));
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", type)
                // Otherwise the answer comes in the format that the call said it was in.
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private static byte[] body(EventMutator mutator, int size, boolean lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (!lines) {
            body.write('[');
        }
        for (int i = 0; i < size; i++) {
            byte[] event = mutator.next();
            if (body.size() + event.length > MOST_BYTES) {
                break;
            }
            body.writeBytes(event);
            body.write(lines ? '\n' : i + 1 < size ? ',' : ']');
        }
        return body.toByteArray();
    }

    private static void read(
            HttpResponse<byte[]> answer, List<String> created, Map<String, Integer> answers)
            throws IOException {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        answers.merge("call " + answer.statusCode(), 1, Integer::sum);
        assertTrue(
                answer.statusCode() / 100 == 2 || answer.statusCode() / 100 == 4,
                answer.statusCode() + " " + text);
        if (answer.statusCode() / 100 == 4) {
            return;
        }
        for (JsonNode item : ElasticsearchClient.JSON.readTree(answer.body()).path("items")) {
            int status = item.path("status").asInt();
            assertTrue(status / 100 == 2 || status / 100 == 4, item.toString());
            answers.merge("event " + status, 1, Integer::sum);
            if (item.path("result").asText().equals("created")) {
                created.add(item.path("event_id").asText());
            }
        }
    }

    private void assertStoreIsThatOfTheAnswers(TreeSet<String> created) {
        TreeSet<String> stored = new TreeSet<>();
        Map<String, Map<String, Integer>> counted = new TreeMap<>();
        forEach(
                "persona-events-fuzzy-shop",
                hit -> {
                    stored.add(hit.path("_id").asText());
                    counted.computeIfAbsent(
                                    hit.at("/_source/user_id").asText(), user -> new TreeMap<>())
                            .merge(hit.at("/_source/type").asText(), 1, Integer::sum);
                });
        assertEquals(created, stored);
        Map<String, Map<String, Integer>> profiles = new TreeMap<>();
        forEach(
                "persona-profiles-fuzzy-shop",
                hit -> {
                    Map<String, Integer> counts = new TreeMap<>();
                    hit.at("/_source/profile/events")
                            .properties()
                            .forEach(e -> counts.put(e.getKey(), e.getValue().path("n").asInt()));
                    profiles.put(hit.path("_id").asText(), counts);
                });
        assertEquals(counted, profiles);
    }

    /** All documents of an index, page by page. */
    private void forEach(String index, Consumer<JsonNode> each) {
        client.call("POST", "/" + index + "/_refresh", null);
        String pit =
                client.call("POST", "/" + index + "/_pit?keep_alive=1m", null).path("id").asText();
        ObjectNode search = ElasticsearchClient.JSON.createObjectNode().put("size", 5000);
        search.putObject("pit").put("id", pit);
        search.putArray("sort").add("_shard_doc");
        while (true) {
            JsonNode hits = client.call("POST", "/_search", search).at("/hits/hits");
            hits.forEach(each);
            if (hits.size() < 5000) {
                return;
            }
            search.set("search_after", hits.get(hits.size() - 1).path("sort"));
        }
    }
}
