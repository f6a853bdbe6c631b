package dev.persona.bench.recount;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;

import java.util.List;

/**
 * A profile as a node showed it.
 *
 * @param profile its part {@code profile}; a missing node when there is none
 * @param before time in milliseconds at which it was asked for
 * @param after time in milliseconds at which it was there
 */
public record ShownProfile(JsonNode profile, long before, long after) {

    /** Asks a node. */
    public static ShownProfile get(ElasticsearchClient client, String catalog, String user) {
        long before = System.currentTimeMillis();
        String path = "/" + catalog + "/_persona/profiles/" + user;
        JsonNode profile = client.send("GET", path, null).json().path("profile");
        return new ShownProfile(profile, before, System.currentTimeMillis());
    }

    /**
     * Holds it against a recount.
     *
     * @param events all of the user's, each once
     * @return as {@link ProfileComparison#differences}
     */
    public List<String> differences(RecountRules rules, List<CountedEvent> events) {
        List<String> differences =
                ProfileComparison.differences(ProfileRecount.of(rules, events, before), profile);
        if (differences.isEmpty()) {
            return differences;
        }
        // Between the two, midnight may have passed.
        return ProfileComparison.differences(ProfileRecount.of(rules, events, after), profile);
    }
}
