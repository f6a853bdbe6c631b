package dev.persona.plugin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.elasticsearch.test.ESIntegTestCase;
import org.junit.Before;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Profiles are those of the events that are there, also when older events come back. */
@ESIntegTestCase.ClusterScope(
        scope = ESIntegTestCase.Scope.TEST,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class RestoreClusterTests extends UsersClusterTestCase {
    private static final String ALL =
            "persona-events-products,persona-profiles-products,persona-state-products";

    @Before
    public void openTheShop() throws Exception {
        openTheShop(randomFrom(1, 2), settings(4));
        String repository =
                """
                {"type": "fs", "settings": {"location": "%s"}}
                """
                        .formatted(randomRepoPath());
        ok(call("PUT", "/_snapshot/backup", repository));
    }

    private List<ObjectNode> randomEvents(int count) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(randomEvent("u" + between(1, 8)));
        }
        return events;
    }

    private static void snapshot() throws IOException {
        JsonNode taken =
                ok(
                        call(
                                "PUT",
                                "/_snapshot/backup/one?wait_for_completion=true",
                                "{\"indices\": \"" + ALL + "\"}"));
        assertEquals("SUCCESS", taken.at("/snapshot/state").asText());
    }

    private static void restore(String indices) throws IOException {
        JsonNode restored =
                ok(
                        call(
                                "POST",
                                "/_snapshot/backup/one/_restore?wait_for_completion=true",
                                "{\"indices\": \"" + indices + "\"}"));
        assertEquals(restored.toString(), 0, restored.at("/snapshot/shards/failed").asInt(-1));
    }

    private void assertGoesOn() throws Exception {
        ensureGreen();
        awaitAll();
        assertBusy(() -> assertProfilesAreRecounted(UnaryOperator.identity()));
        send("products", randomEvents(60));
        awaitAll();
        assertBusy(() -> assertProfilesAreRecounted(UnaryOperator.identity()));
    }

    public void testARestoreInPlaceOfWhatWasDeletedCountsNothingTwice() throws Exception {
        send("products", randomEvents(100));
        awaitAll();
        snapshot();
        send("products", randomEvents(100));
        awaitAll();
        ok(call("DELETE", "/" + ALL));

        restore(ALL);

        assertEquals(100, documents(EVENTS).size());
        assertGoesOn();
        assertEquals(160, documents(EVENTS).size());
    }

    public void testARestoreOverClosedIndicesCountsNothingTwiceAndMissesNothing() throws Exception {
        send("products", randomEvents(100));
        awaitAll();
        snapshot();
        send("products", randomEvents(100));
        awaitAll();
        ok(call("POST", "/" + ALL + "/_close"));

        restore(ALL);

        assertEquals(100, documents(EVENTS).size());
        assertGoesOn();
        assertEquals(160, documents(EVENTS).size());
    }

    public void testEventsRestoredBesideNewerProfilesCountOnce() throws Exception {
        assertEventsRestoredBesideNewerProfilesCountOnce("DELETE", "/" + EVENTS);
    }

    public void testEventsRestoredOverTheirClosedIndexCountOnce() throws Exception {
        assertEventsRestoredBesideNewerProfilesCountOnce("POST", "/" + EVENTS + "/_close");
    }

    private void assertEventsRestoredBesideNewerProfilesCountOnce(String method, String path)
            throws Exception {
        send("products", randomEvents(100));
        awaitAll();
        snapshot();
        send("products", randomEvents(100));
        awaitAll();
        ok(call(method, path));

        restore(EVENTS);

        // A profile of the older events is made when the user's next one comes, or by a rebuild.
        ensureGreen();
        awaitAll();
        ok(call("POST", USERS + "_rebuild"));
        assertGoesOn();
    }

    public void testProfilesRestoredBesideNewerEventsMissNothing() throws Exception {
        send("products", randomEvents(100));
        awaitAll();
        snapshot();
        send("products", randomEvents(100));
        awaitAll();
        ok(call("DELETE", "/" + PROFILES));

        restore(PROFILES);

        ensureGreen();
        awaitAll();
        ok(call("POST", USERS + "_rebuild"));
        assertGoesOn();
    }
}
