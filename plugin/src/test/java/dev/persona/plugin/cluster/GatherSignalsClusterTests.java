package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.event.UserHistories;
import dev.persona.plugin.generation.GenerationStore;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.signal.GatherSignalsAction;
import dev.persona.plugin.signal.SignalGathering;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobRequest;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.ranking.signal.Demand;
import dev.persona.ranking.signal.ItemBehaviour;
import dev.persona.ranking.signal.SignalBuilder;
import dev.persona.ranking.signal.TrainingWindow;

import org.apache.lucene.store.AlreadyClosedException;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.util.LimitedBreaker;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.transport.MockTransportService;
import org.junit.After;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What factors are learned from, read shard by shard from doc values. */
public class GatherSignalsClusterTests extends UsersClusterTestCase {
    private static final String ON_SHARD = GatherSignalsAction.TYPE.name() + "[s]";
    private static final String FACTORS = "/products/_persona/factors/_train";
    private static final int SHARDS = 3;
    private static final int ITEMS = 12;
    private static final long DAY = 86_400_000;

    private final long now = System.currentTimeMillis();
    private int next;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(MockTransportService.TestPlugin.class);
        return plugins;
    }

    @After
    public void letRequestsPass() {
        for (String node : internalCluster().getNodeNames()) {
            MockTransportService.getInstance(node).clearAllRules();
        }
    }

    private void openTheShop() throws Exception {
        ObjectNode settings = settings(8);
        settings.putObject("custom_events").put("wishlist", 4);
        openTheShop(SHARDS, settings);
        ensureGreen(EVENTS);
    }

    /** Anything that a shop may send, up to three months old. */
    private ObjectNode anything(String user) {
        String type =
                randomFrom(
                        "wishlist",
                        randomFrom(EventType.ids()),
                        randomFrom("view", "click", "rating", "dismiss", "impression"));
        ObjectNode event =
                event(
                        "g" + next++,
                        user,
                        type,
                        "i" + between(1, ITEMS),
                        now - randomLongBetween(0, 90 * DAY));
        if (type.equals("impression") || type.equals("search")) {
            event.remove("item_id");
            ArrayNode shown = event.putArray("items");
            for (int i = between(1, 40); i > 0; i--) {
                shown.add("i" + between(1, ITEMS));
            }
        } else if (type.equals("wishlist") && randomBoolean()) {
            event.remove("item_id");
        }
        if (randomBoolean()) {
            event.put("position", between(1, 60));
        }
        if (randomBoolean()) {
            event.put("value", between(0, 12) / 2.0);
        }
        return event;
    }

    private void sendAnything(int users, int events) throws Exception {
        List<ObjectNode> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            batch.add(anything("u" + between(1, users)));
        }
        send("products", batch);
    }

    private static Catalogs catalogs() {
        return internalCluster().getInstance(Catalogs.class);
    }

    private static JobTask job() {
        return new JobRequest("products", "", BytesArray.EMPTY)
                .createTask(1, "transport", "job", TaskId.EMPTY_TASK_ID, Map.of());
    }

    private SignalGathering.Gathered gather(TrainingWindow window) {
        return gather(window, internalCluster().getInstance(Memory.class));
    }

    private SignalGathering.Gathered gather(TrainingWindow window, Memory memory) {
        return new SignalGathering(client(), catalogs(), memory)
                .gather(catalogs().get("products"), window, now, job());
    }

    /** By user, then by item. */
    private static Map<String, Map<String, Float>> weights(Interactions interactions) {
        Map<String, Map<String, Float>> weights = new TreeMap<>();
        for (int user = 0; user < interactions.users().size(); user++) {
            int[] items = interactions.itemsOf(user);
            Map<String, Float> row = new TreeMap<>();
            for (int i = 0; i < items.length; i++) {
                row.put(interactions.items().id(items[i]), interactions.weightsOf(user)[i]);
            }
            weights.put(interactions.users().id(user), row);
        }
        return weights;
    }

    /** Compares with the same events read one by one from their sources, as Event objects. */
    private void assertEqualsHistories(TrainingWindow window, SignalGathering.Gathered gathered) {
        SignalBuilder expected =
                new SignalBuilder(catalogs().get("products").settings().rules(), window, now);
        new UserHistories(new IndexScan(client()))
                .forEach("products", job(), "reading", expected::add);
        Map<String, Map<String, Float>> weights = weights(expected.interactions());
        Map<String, Map<String, Float>> found = weights(gathered.interactions());
        assertFalse(weights.isEmpty());
        assertEquals(weights.keySet(), found.keySet());
        weights.forEach(
                (user, row) -> {
                    assertEquals(user, row.keySet(), found.get(user).keySet());
                    row.forEach(
                            (item, weight) ->
                                    assertEquals(
                                            user + " " + item,
                                            weight,
                                            found.get(user).get(item),
                                            1e-5 * weight + 1e-9));
                });
        ItemBehaviour behaviour = expected.behaviour();
        assertEquals(behaviour.items(), gathered.behaviour().items());
        for (String item : behaviour.items()) {
            ItemBehaviour.Numbers numbers = gathered.behaviour().of(item);
            assertEquals(item, behaviour.of(item).popularity(), numbers.popularity(), 1e-5);
            assertEquals(item, behaviour.of(item).clickRate(), numbers.clickRate(), 1e-6);
            Demand demand = behaviour.of(item).demand();
            assertEquals(item, demand.recent(), numbers.demand().recent(), 1e-5);
            assertEquals(item, demand.trend(), numbers.demand().trend(), 1e-5);
            assertEquals(item, demand.repeat(), numbers.demand().repeat(), 1e-6);
        }
    }

    private static TrainingWindow all() {
        return TrainingWindow.all(catalogs().get("products").settings().rules().decay());
    }

    public void testGatheredIsWhatTheEventsOneByOneSay() throws Exception {
        openTheShop();
        sendAnything(30, 1200);
        ok(merge("u1", "u2", "u3", "u4"));
        ok(merge("u5", "u1"));
        sendAnything(30, 300);
        ok(call("DELETE", USERS + "u30"));
        Map<String, JsonNode> stored = documents(EVENTS);
        for (String id : randomSubsetOf(100, stored.keySet())) {
            client().prepareDelete(EVENTS, id)
                    .setRouting(stored.get(id).path("user_id").asText())
                    .get();
        }

        SignalGathering.Gathered gathered = gather(all());

        assertEqualsHistories(all(), gathered);
        // And in whatever order the shards answer, to the last bit.
        assertEquals(weights(gathered.interactions()), weights(gather(all()).interactions()));
        TrainingWindow narrow =
                new TrainingWindow(OptionalLong.of(30 * DAY), new ForwardDecay(5 * DAY), 8);
        assertEqualsHistories(narrow, gather(narrow));
    }

    public void testAnotherCopyIsReadWhereThePrimarysNodeGoesAway() throws Exception {
        openTheShop();
        sendAnything(10, 200);
        ShardId shard = catalogs().eventsShard("products", 0);
        String primary = catalogs().primaryNode(shard).orElseThrow().getName();
        AtomicInteger refused = new AtomicInteger();
        MockTransportService.getInstance(primary)
                .addRequestHandlingBehavior(
                        ON_SHARD,
                        (handler, request, channel, task) -> {
                            refused.incrementAndGet();
                            channel.sendResponse(new AlreadyClosedException("gone"));
                        });

        SignalGathering.Gathered gathered = gather(all());

        assertTrue(refused.get() > 0);
        assertEqualsHistories(all(), gathered);
    }

    public void testWithoutMemoryItIsRefusedAndNothingStaysTaken() throws Exception {
        openTheShop();
        sendAnything(10, 100);
        CircuitBreaker small = new LimitedBreaker("small", ByteSizeValue.ofKb(100));

        expectThrows(CircuitBreakingException.class, () -> gather(all(), Memory.of(small)));

        assertEquals(0, small.getUsed());
        CircuitBreaker large = new LimitedBreaker("large", ByteSizeValue.ofMb(100));
        assertTrue(gather(all(), Memory.of(large)).interactions().entries() > 0);
        assertEquals(0, large.getUsed());
    }

    public void testCancellingAJobEndsWhatItHasAskedShardsFor() throws Exception {
        openTheShop();
        sendAnything(10, 100);
        AtomicInteger waiting = new AtomicInteger();
        for (String node : internalCluster().getNodeNames()) {
            MockTransportService.getInstance(node)
                    .addRequestHandlingBehavior(
                            ON_SHARD,
                            (handler, request, channel, task) -> {
                                waiting.incrementAndGet();
                                ((CancellableTask) task)
                                        .addListener(
                                                () -> {
                                                    try {
                                                        handler.messageReceived(
                                                                request, channel, task);
                                                    } catch (Exception e) {
                                                        throw new AssertionError(e);
                                                    }
                                                });
                            });
        }

        String job = ok(call("POST", FACTORS + "?wait_for_completion=false")).path("task").asText();
        assertBusy(() -> assertEquals(SHARDS, waiting.get()));
        ok(call("POST", "/_tasks/" + job + "/_cancel"));
        JsonNode ended =
                ok(call("GET", "/_tasks/" + job + "?wait_for_completion=true&timeout=30s"));

        assertEquals(
                ended.toString(), "task_cancelled_exception", ended.at("/error/type").asText());
        assertBusy(
                () ->
                        assertFalse(
                                ok(call("GET", "/_tasks?actions=*persona*"))
                                        .toString()
                                        .contains("signals")));
    }

    public void testAGenerationKeepsWhatItWasLearnedFrom() throws Exception {
        openTheShop();
        send(
                "products",
                List.of(
                        event("a1", "u1", "view", "p1", now - 40 * DAY),
                        event("a2", "u1", "view", "p2", now - 20 * DAY),
                        event("a3", "u2", "view", "p2", now - DAY),
                        event("a4", "u2", "view", "p3", now),
                        event("a5", "u3", "view", "p2", now)));
        awaitAll();
        TrainingWindow window =
                new TrainingWindow(OptionalLong.of(30 * DAY), new ForwardDecay(2 * DAY), 2);
        String body = "{\"window\": \"30d\", \"half_life\": \"2d\", \"min_events\": 2}";

        assertEquals(5, ok(call("POST", FACTORS)).path("entries").asInt());
        JsonNode trained = ok(call("POST", FACTORS, body));

        // u1 and u3 have one event in the window, p1 none, and p3 one.
        assertEquals(1, trained.path("entries").asInt());
        assertEquals("30d", trained.at("/parameters/window").asText());
        assertEquals("2d", trained.at("/parameters/half_life").asText());
        assertEquals(2, trained.at("/parameters/min_events").asInt());
        assertEquals(window, new GenerationStore(client()).window("products", 2));
        Catalog catalog = catalogs().get("products");
        for (LoadedGenerations node : internalCluster().getInstances(LoadedGenerations.class)) {
            assertBusy(
                    () -> {
                        Optional<LearnedItems> loaded =
                                node.find(catalog, catalog.factors().orElseThrow());
                        assertEquals(Optional.of(window), loaded.orElseThrow().signals().window());
                    });
        }
        assertRefused(
                400, "and found none that count", call("POST", FACTORS, "{\"min_events\": 50}"));
    }
}
