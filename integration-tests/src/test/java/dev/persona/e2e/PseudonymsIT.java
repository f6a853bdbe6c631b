package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.local.LocalCluster;
import dev.persona.local.LocalClusterException;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** A node with a key for pseudonyms in its keystore. */
class PseudonymsIT {
    private static final String KEY = "persona.pseudonym_key";
    private static final String USER = "ada-lovelace@example.org";

    @Test
    void usersAreStoredUnderNamesThatOnlyTheNodeCanTell() {
        try (LocalCluster cluster =
                LocalCluster.builder().secret(KEY, "a key of more than 32 characters").start()) {
            ElasticsearchClient client = cluster.client(0);
            client.call("PUT", "/books", null);
            client.call("PUT", "/books/_persona", Map.of());
            Map<String, String> event =
                    Map.of("user_id", USER, "type", "view", "item_id", "b1", "event_id", "e1");
            client.call("POST", "/books/_persona/events?refresh=wait_for", event);

            JsonNode profile = client.call("GET", "/books/_persona/profiles/" + USER, null);
            assertEquals(USER, profile.path("user").asText());
            assertEquals(1, profile.at("/profile/events/view/total").asInt());
            // Waits until profiles are in their documents.
            client.call("POST", "/books/_persona/profiles/_rebuild", Map.of());
            client.call("POST", "/persona-*/_refresh?expand_wildcards=all", null);
            JsonNode stored =
                    client.call("GET", "/persona-*/_search?expand_wildcards=all&size=100", null)
                            .at("/hits/hits");
            assertTrue(stored.size() >= 2, stored.toString());
            assertFalse(stored.toString().contains("lovelace"), stored.toString());
        }
    }

    @Test
    void aNodeWithAShortKeyDoesNotStartAndSaysWhy() {
        LocalClusterException failure =
                assertThrows(
                        LocalClusterException.class,
                        () -> LocalCluster.builder().secret(KEY, "too short").start());
        assertTrue(
                failure.getMessage()
                        .contains("[" + KEY + "] must have at least 32 characters, was 9"),
                failure.getMessage());
    }
}
