package dev.persona.bench.recommend;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.bench.Figures;
import dev.persona.bench.Followers;
import dev.persona.bench.Percentiles;
import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.node.Workers;
import dev.persona.local.HeapSize;
import dev.persona.local.LocalCluster;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Asks for recommendations of many users and, in turn, searches for as many neighbours of the same
 * users' vectors: on one node, with and without a filter, with one client and with eight.
 */
public final class RecommendBench {
    private static final HeapSize HEAP = new HeapSize(1024);
    private static final long SEED = 1;
    private static final int USERS_PER_CALL = 20;
    private static final int ROUNDS = 5;
    private static final String FILTER =
            "{\"terms\": {\"category\": [\"category-1\", \"category-2\", \"category-3\"]}}";

    private final RecommendBenchOptions options;
    private final PrintStream out;
    private final ElasticsearchClient client;
    private final BenchCatalog catalog;

    private RecommendBench(LocalCluster cluster, RecommendBenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.client = cluster.client(0);
        this.catalog = BenchCatalog.draw("products", options.products(), SEED);
    }

    /**
     * Starts a node, measures, stops it.
     *
     * @param out where to print
     */
    public static Figures run(RecommendBenchOptions options, PrintStream out) {
        try (LocalCluster cluster =
                LocalCluster.builder().heap(HEAP).progress(out::println).start()) {
            return new RecommendBench(cluster, options, out).run();
        }
    }

    /** What is asked of a user. */
    private enum Kind {
        KNN,
        KNN_FILTER,
        RECOMMEND,
        RECOMMEND_FILTER
    }

    private Figures run() {
        load();
        List<String> vectors = vectors();
        Figures figures = new Figures("recommend");
        figures.put("products", options.products());
        print("%-8s %-18s %10s %10s %10s", "clients", "request", "p50 ms", "p99 ms", "per s");
        for (int clients : List.of(1, 8)) {
            measure(vectors, clients, figures);
        }
        return figures;
    }

    private void load() {
        catalog.create(client);
        TastefulEvents events = new TastefulEvents(catalog.products(), SEED);
        long now = System.currentTimeMillis();
        for (int user = 0; user < options.users(); ) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < USERS_PER_CALL && user < options.users(); i++, user++) {
                events.write(user, RecommendBenchOptions.EVENTS_PER_USER, now, lines);
            }
            JsonNode answer =
                    client.callNdjson("POST", catalog.path("/_persona/events"), lines.toString());
            if (answer.path("errors").asBoolean(true)) {
                throw new BenchFailure("events were not stored: " + answer);
            }
        }
        Followers.awaitCaughtUp(
                () -> client.send("GET", catalog.path("/_persona/stats"), null),
                Duration.ofMillis(100),
                Duration.ofMinutes(2));
        JsonNode trained =
                client.call(
                        "POST", catalog.path("/_persona/factors/_train"), "{\"iterations\": 5}");
        print(
                "%,d products, %,d events of %,d users; factors in %.1f s, %,d products and %,d"
                        + " profiles written",
                options.products(),
                options.users() * RecommendBenchOptions.EVENTS_PER_USER,
                options.users(),
                trained.path("took").asLong() / 1000.0,
                trained.path("items").asLong(),
                trained.path("users").asLong());
        client.call("POST", catalog.path("/_forcemerge?max_num_segments=1"), null);
    }

    /** Those of the first users, ready to be searched with. */
    private List<String> vectors() {
        List<String> vectors = new ArrayList<>();
        for (int user = 0; user < Math.min(options.users(), 500); user++) {
            vectors.add(
                    client.call("GET", catalog.path("/_persona/profiles/u" + user), null)
                            .at("/interest/vector")
                            .toString());
        }
        return vectors;
    }

    private void measure(List<String> vectors, int clients, Figures figures) {
        Map<Kind, List<Double>> millis = new LinkedHashMap<>();
        Map<Kind, Double> seconds = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            ask(kind, vectors, clients, Math.max(options.requests() / 4, 10));
            millis.put(kind, new ArrayList<>());
        }
        // In turns, so that a slow spell of the machine meets all of them.
        for (int round = 0; round < ROUNDS; round++) {
            for (Kind kind : Kind.values()) {
                long from = System.nanoTime();
                millis.get(kind).addAll(ask(kind, vectors, clients, options.requests() / ROUNDS));
                seconds.merge(kind, (System.nanoTime() - from) / 1e9, Double::sum);
            }
        }
        Map<Kind, Double> medians = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            Percentiles all = Percentiles.of(millis.get(kind));
            medians.put(kind, all.at(50));
            String name = kind.name().toLowerCase(Locale.ROOT) + "_ms_";
            figures.put(name + "p50_c" + clients, all.at(50));
            figures.put(name + "p99_c" + clients, all.at(99));
            print(
                    "%-8d %-18s %10.2f %10.2f %,10.0f",
                    clients,
                    kind.name().toLowerCase(Locale.ROOT),
                    all.at(50),
                    all.at(99),
                    millis.get(kind).size() / seconds.get(kind));
        }
        figures.put(
                "ratio_to_knn_c" + clients, medians.get(Kind.RECOMMEND) / medians.get(Kind.KNN));
        figures.put(
                "ratio_to_knn_filter_c" + clients,
                medians.get(Kind.RECOMMEND_FILTER) / medians.get(Kind.KNN_FILTER));
    }

    private List<Double> ask(Kind kind, List<String> vectors, int clients, int requests) {
        List<Integer> users =
                IntStream.range(0, requests).map(i -> i % vectors.size()).boxed().toList();
        return Workers.each(
                users,
                clients,
                user -> {
                    long from = System.nanoTime();
                    ask(kind, user, vectors);
                    return (System.nanoTime() - from) / 1e6;
                });
    }

    private void ask(Kind kind, int user, List<String> vectors) {
        JsonNode items =
                switch (kind) {
                    case KNN, KNN_FILTER ->
                            client.call(
                                            "POST",
                                            catalog.path("/_search"),
                                            knn(vectors.get(user), kind == Kind.KNN_FILTER))
                                    .at("/hits/hits");
                    case RECOMMEND, RECOMMEND_FILTER ->
                            client.call(
                                            "POST",
                                            catalog.path("/_persona/recommend"),
                                            recommend(user, kind == Kind.RECOMMEND_FILTER))
                                    .path("items");
                };
        if (items.size() != RecommendBenchOptions.SIZE) {
            throw new BenchFailure(
                    "%s answered %d items, wanted %d"
                            .formatted(kind, items.size(), RecommendBenchOptions.SIZE));
        }
    }

    private static String knn(String vector, boolean filtered) {
        return """
        {"size": %d, "_source": false, "knn": {"field": "persona.vector_a", "k": %d,
         "num_candidates": %d, "query_vector": %s%s}}
        """
                .formatted(
                        RecommendBenchOptions.SIZE,
                        RecommendBenchOptions.NEIGHBOURS,
                        RecommendBenchOptions.NEIGHBOURS * 3 / 2,
                        vector,
                        filtered ? ", \"filter\": " + FILTER : "");
    }

    private static String recommend(int user, boolean filtered) {
        return """
        {"user": "u%d", "size": %d, "_source": false%s}
        """
                .formatted(
                        user,
                        RecommendBenchOptions.SIZE,
                        filtered ? ", \"filter\": " + FILTER : "");
    }

    private void print(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
