package dev.persona.bench.retail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.bench.Figures;
import dev.persona.bench.Followers;
import dev.persona.bench.recount.CountedEvent;
import dev.persona.bench.recount.CountedEvent.Facts;
import dev.persona.bench.recount.RecountRules;
import dev.persona.bench.recount.ShownProfile;
import dev.persona.bench.retail.Deliveries.Delivery;
import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.node.EventLines;
import dev.persona.demo.node.Workers;
import dev.persona.demo.retail.RetailFile;
import dev.persona.local.HeapSize;
import dev.persona.local.LocalCluster;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends a year of a real shop out of order and with repeats to one node, and holds every field of
 * every profile against a recount of the file: as they are, and as they are read back when the node
 * has been started anew.
 */
public final class RetailRecount {

    private static final String NAME = "retail";
    private static final HeapSize HEAP = new HeapSize(1024);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NOTES = 20;
    private static final int DIFFERENCES_SHOWN = 3;

    private final LocalCluster cluster;
    private final ElasticsearchClient client;
    private final RecountOptions options;
    private final PrintStream out;
    private final ConcurrentLinkedQueue<String> wrongAnswers = new ConcurrentLinkedQueue<>();

    private RetailRecount(LocalCluster cluster, RecountOptions options, PrintStream out) {
        this.cluster = cluster;
        this.client = cluster.client(0);
        this.options = options;
        this.out = out;
    }

    /**
     * Starts a node, runs, stops it.
     *
     * @param out where to print
     * @throws BenchFailure when a call is refused or the profiles no longer move
     */
    public static Figures run(RecountOptions options, PrintStream out) {
        try (LocalCluster cluster =
                LocalCluster.builder().heap(HEAP).progress(out::println).start()) {
            return new RetailRecount(cluster, options, out).run();
        }
    }

    /** Whether a run's figures say that all was as the recount says. */
    public static boolean holds(Figures figures) {
        return List.of("wrong_answers", "surplus_events", "differing_profiles").stream()
                .allMatch(name -> figures.get(name).isNumber() && figures.get(name).asLong() == 0);
    }

    private Figures run() {
        long start = System.nanoTime();
        RetailEvents retail = RetailEvents.of(RetailFile.read(options.data()), NAME, Instant.now());
        BenchCatalog catalog = retail.catalog();
        Deliveries deliveries = Deliveries.draw(retail.events(), options.seed());
        say(
                start,
                "read %,d events, %,d products",
                retail.events().size(),
                catalog.products().size());
        catalog.create(client);

        long sending = System.nanoTime();
        for (List<List<Delivery>> phase : deliveries.phases()) {
            Workers.each(phase, options.clients(), call -> send(catalog, call));
        }
        double answered = seconds(sending);
        awaitCaughtUp(catalog);
        say(
                start,
                "%,d deliveries: %,.0f a second answered, %,.0f in profiles",
                deliveries.sent(),
                deliveries.sent() / answered,
                deliveries.sent() / seconds(sending));

        Map<String, List<CountedEvent>> byUser = byUser(retail);
        List<String> differences = new ArrayList<>(compare(catalog, byUser));
        say(start, "%,d profiles recounted", byUser.size());
        cluster.restart(0);
        awaitCaughtUp(catalog);
        differences.addAll(compare(catalog, byUser));
        say(start, "and again after a restart");
        long stored = stored(catalog);
        wrongAnswers.stream().limit(NOTES).forEach(out::println);
        differences.stream().limit(NOTES).forEach(out::println);
        return new Figures("recount")
                .put("events", retail.events().size())
                .put("users", byUser.size())
                .put("duplicates", deliveries.duplicates())
                .put("wrong_answers", wrongAnswers.size())
                .put("surplus_events", stored - retail.events().size())
                .put("differing_profiles", differences.size())
                .put("seconds", seconds(start));
    }

    private void awaitCaughtUp(BenchCatalog catalog) {
        Followers.awaitCaughtUp(
                () -> client.send("GET", catalog.path("/_persona/stats"), null), POLL, PATIENCE);
    }

    private int send(BenchCatalog catalog, List<Delivery> call) {
        EventLines lines = new EventLines();
        call.forEach(delivery -> lines.add(delivery.event()));
        JsonNode items =
                client.callNdjson("POST", catalog.path("/_persona/events"), lines.toString())
                        .path("items");
        if (items.size() != call.size()) {
            throw new BenchFailure(
                    "%d events were sent, but %d answered".formatted(call.size(), items.size()));
        }
        for (int i = 0; i < call.size(); i++) {
            Delivery delivery = call.get(i);
            JsonNode item = items.get(i);
            if (item.path("result").asText().equals(delivery.expected()) == false
                    || item.path("event_id").equals(delivery.event().get("event_id")) == false) {
                wrongAnswers.add(
                        "%s expected for %s, was %s"
                                .formatted(delivery.expected(), delivery.event(), item));
            }
        }
        return items.size();
    }

    private static Map<String, List<CountedEvent>> byUser(RetailEvents retail) {
        Map<String, Facts> facts = retail.catalog().facts();
        Map<String, List<CountedEvent>> byUser = new TreeMap<>();
        for (ObjectNode event : retail.events()) {
            byUser.computeIfAbsent(event.path("user_id").asText(), user -> new ArrayList<>())
                    .add(CountedEvent.of(event, facts));
        }
        return byUser;
    }

    /** A line for each user whose profile is not what the recount says. */
    private List<String> compare(BenchCatalog catalog, Map<String, List<CountedEvent>> byUser) {
        RecountRules rules = catalog.rules();
        List<List<String>> found =
                Workers.each(
                        List.copyOf(byUser.keySet()),
                        options.clients(),
                        user ->
                                ShownProfile.get(client, catalog.name(), user)
                                        .differences(rules, byUser.get(user))
                                        .stream()
                                        .limit(DIFFERENCES_SHOWN)
                                        .map(difference -> user + ": " + difference)
                                        .toList());
        return found.stream()
                .filter(some -> some.isEmpty() == false)
                .map(some -> String.join("; ", some))
                .toList();
    }

    private long stored(BenchCatalog catalog) {
        client.call("POST", "/" + catalog.eventsIndex() + "/_refresh", null);
        return client.call("GET", "/" + catalog.eventsIndex() + "/_count", null)
                .path("count")
                .asLong();
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private void say(long start, String what, Object... arguments) {
        out.println(
                String.format(Locale.ROOT, "%6.1f s  ", seconds(start))
                        + String.format(Locale.ROOT, what, arguments));
    }
}
