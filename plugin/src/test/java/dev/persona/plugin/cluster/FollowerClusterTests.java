package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.CatalogSettings;
import dev.persona.plugin.event.EventsAction;
import dev.persona.plugin.event.EventsRequest;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.profiling.event.EventFormat;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.ProfileJson;
import dev.persona.profiling.profile.TypeCount;

import org.elasticsearch.action.admin.cluster.reroute.ClusterRerouteUtils;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.metadata.Metadata;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.cluster.routing.allocation.command.MoveAllocationCommand;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.test.InternalTestCluster;
import org.junit.Before;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Profiles hold each event once, wherever the primary of the events goes. What they should be is
 * made by applying the same events directly.
 */
@ESIntegTestCase.ClusterScope(
        scope = ESIntegTestCase.Scope.TEST,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class FollowerClusterTests extends PersonaClusterTestCase {
    private static final String EVENTS = "persona-events-products";
    private static final String PROFILES = "persona-profiles-products";
    private static final CatalogSettings SETTINGS = CatalogSettings.parse(settings(8));

    /** Seconds until what keeps failing is a failure; a follower waits longer and longer. */
    private static final int PATIENCE = 40;

    private RandomEvents events;

    @Before
    public void openTheShop() throws Exception {
        events = new RandomEvents(SETTINGS, System.currentTimeMillis());
        createProducts("products", 1);
        ok(call("PUT", "/products/_settings", "{\"index.number_of_replicas\": 1}"));
        register("products", 8);
        for (int i = 0; i < RandomEvents.PRODUCTS; i++) {
            putProduct("products", "p" + i, RandomEvents.brand(i), RandomEvents.price(i));
        }
    }

    /** Sends a batch until all of it is stored; what is sent twice is known again. */
    private static void sendUntilStored(List<ObjectNode> batch) throws Exception {
        String body = JsonNodeFactory.instance.arrayNode().addAll(batch).toString();
        assertBusy(
                () -> {
                    JsonResponse answer;
                    try {
                        answer =
                                anyClient()
                                        .execute(
                                                EventsAction.TYPE,
                                                new EventsRequest(
                                                        "products",
                                                        EventFormat.NATIVE,
                                                        false,
                                                        new BytesArray(body)))
                                        .actionGet(SAFE_AWAIT_TIMEOUT);
                    } catch (Exception e) {
                        throw new AssertionError("to be sent again", e);
                    }
                    assertFalse("" + answer.json(), answer.json().path("errors").asBoolean());
                },
                PATIENCE,
                TimeUnit.SECONDS);
    }

    private static Client anyClient() {
        return internalCluster().client();
    }

    private void assertProfilesAreThoseOfTheEvents() throws Exception {
        assertBusy(
                () -> {
                    for (String user : events.profiles().keySet()) {
                        assertEquals(user, total(events.profiles().get(user)), total(stored(user)));
                    }
                },
                PATIENCE,
                TimeUnit.SECONDS);
        for (var expected : events.profiles().entrySet()) {
            ProfileAlike.check(expected.getKey(), expected.getValue(), stored(expected.getKey()));
        }
        refresh(EVENTS);
        assertEquals(events.size(), count());
    }

    private static long total(Profile profile) {
        return profile.events().all().values().stream().mapToLong(TypeCount::total).sum();
    }

    private static Profile stored(String user) {
        GetResponse found = anyClient().prepareGet(PROFILES, user).get();
        JsonNode json =
                found.isExists()
                        ? Json.readStored(found.getSourceAsBytesRef()).path("profile")
                        : JsonNodeFactory.instance.objectNode();
        return ProfileJson.read(json, SETTINGS.rules());
    }

    private static long count() {
        var response =
                anyClient()
                        .prepareSearch(EVENTS)
                        .setQuery(QueryBuilders.matchAllQuery())
                        .setTrackTotalHits(true)
                        .setSize(0)
                        .get();
        try {
            return response.getHits().getTotalHits().value();
        } finally {
            response.decRef();
        }
    }

    private String nodeOfPrimary() {
        var state = clusterService().state();
        ShardRouting primary =
                state.routingTable(Metadata.DEFAULT_PROJECT_ID)
                        .index(EVENTS)
                        .shard(0)
                        .primaryShard();
        DiscoveryNode node = state.nodes().get(primary.currentNodeId());
        return node.getName();
    }

    public void testAProfileIsWhatApplyMakesOfItsEvents() throws Exception {
        for (int i = 0; i < 10; i++) {
            sendUntilStored(events.batch(between(1, 60)));
        }

        assertProfilesAreThoseOfTheEvents();
    }

    public void testNothingIsLostOrDoubledWhenTheNodeOfTheEventsRestarts() throws Exception {
        ensureGreen();
        sendUntilStored(events.batch(50));
        String node = nodeOfPrimary();
        AtomicBoolean restarted = new AtomicBoolean();
        Thread sender = sendMeanwhile(restarted);

        internalCluster().restartNode(node, new InternalTestCluster.RestartCallback());
        ensureGreen();
        restarted.set(true);
        sender.join();
        sendUntilStored(events.batch(50));

        assertProfilesAreThoseOfTheEvents();
    }

    public void testNothingIsLostOrDoubledWhenTheEventsMove() throws Exception {
        ensureGreen();
        sendUntilStored(events.batch(50));
        // The new node is to be empty when the primary comes.
        updateClusterSettings(Settings.builder().put("cluster.routing.rebalance.enable", "none"));
        String target = internalCluster().startDataOnlyNode();
        AtomicBoolean moved = new AtomicBoolean();
        Thread sender = sendMeanwhile(moved);

        ClusterRerouteUtils.reroute(
                anyClient(),
                new MoveAllocationCommand(
                        EVENTS, 0, nodeOfPrimary(), target, Metadata.DEFAULT_PROJECT_ID));
        assertBusy(() -> assertEquals(target, nodeOfPrimary()));
        ensureGreen();
        moved.set(true);
        sender.join();
        sendUntilStored(events.batch(50));

        assertProfilesAreThoseOfTheEvents();
    }

    private Thread sendMeanwhile(AtomicBoolean enough) {
        List<List<ObjectNode>> batches = randomList(30, 30, () -> events.batch(between(1, 20)));
        Thread sender =
                new Thread(
                        () -> {
                            try {
                                for (List<ObjectNode> batch : batches) {
                                    sendUntilStored(batch);
                                    if (!enough.get()) {
                                        Thread.sleep(50);
                                    }
                                }
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
        sender.start();
        return sender;
    }

    public void testAFullRestartLosesNothing() throws Exception {
        sendUntilStored(events.batch(between(1, 200)));
        awaitProfiles("products");
        // These may be in profiles when the nodes go, or not.
        sendUntilStored(events.batch(between(1, 200)));

        internalCluster().fullRestart();
        ensureGreen();
        sendUntilStored(events.batch(between(1, 200)));

        assertProfilesAreThoseOfTheEvents();
    }
}
