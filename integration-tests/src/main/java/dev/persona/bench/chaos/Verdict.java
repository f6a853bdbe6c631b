package dev.persona.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.recount.CountedEvent;
import dev.persona.bench.recount.CountedEvent.Facts;
import dev.persona.bench.recount.EventComparison;
import dev.persona.bench.recount.ShownProfile;
import dev.persona.client.ElasticsearchClient;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what is stored against what was acknowledged: every event is in the index once and nothing
 * else is, and every profile is what its user's events give.
 */
final class Verdict {

    private static final int PAGE = 5000;
    private static final int MOST_NOTES = 20;

    private final ElasticsearchClient client;
    private final BenchCatalog catalog;
    private final Map<String, Facts> facts;
    private final UserMerges merges;
    private final List<String> notes = new ArrayList<>();
    private long lost;
    private long doubleCounted;
    private int differingProfiles;
    private int differingEvents;

    /**
     * @param merges which users are one by now
     */
    Verdict(ElasticsearchClient client, BenchCatalog catalog, UserMerges merges) {
        this.merges = merges;
        this.client = client;
        this.catalog = catalog;
        this.facts = catalog.facts();
    }

    /**
     * Compares.
     *
     * @param count so many events were sent, and all acknowledged
     */
    void compare(ShopEvents events, int count) {
        compareStore(events, count);
        compareProfiles(events, count);
    }

    private void compareStore(ShopEvents events, int count) {
        String index = catalog.eventsIndex();
        client.call("POST", "/" + index + "/_refresh", null);
        String pit =
                client.call("POST", "/" + index + "/_pit?keep_alive=2m", null).path("id").asText();
        BitSet found = new BitSet();
        ObjectNode search = ElasticsearchClient.JSON.createObjectNode();
        search.put("size", PAGE).put("track_total_hits", false);
        search.putObject("pit").put("id", pit).put("keep_alive", "2m");
        search.putArray("sort").add("_shard_doc");
        while (true) {
            JsonNode hits = client.call("POST", "/_search", search).path("hits").path("hits");
            if (hits.isEmpty()) {
                break;
            }
            for (JsonNode hit : hits) {
                int number = Integer.parseInt(hit.path("_id").asText().substring(1));
                if (found.get(number) || number >= count) {
                    doubleCounted++;
                    note("stored twice or never sent: " + hit);
                }
                found.set(number);
                compareEvent(events.event(number), hit.path("_source"));
            }
            search.set("search_after", hits.get(hits.size() - 1).path("sort"));
        }
        for (int n = found.nextClearBit(0); n < count; n = found.nextClearBit(n + 1)) {
            lost++;
            note("not stored: " + ShopEvents.id(n));
        }
    }

    private void compareEvent(ObjectNode sent, JsonNode stored) {
        Facts known = facts.getOrDefault(sent.path("item_id").asText(), Facts.NONE);
        EventComparison.difference(sent, known, stored)
                .ifPresent(
                        difference -> {
                            differingEvents++;
                            note(sent.path("event_id").asText() + ": " + difference);
                        });
    }

    private void compareProfiles(ShopEvents events, int count) {
        Map<String, List<CountedEvent>> byUser = new TreeMap<>();
        for (int n = 0; n < count; n++) {
            ObjectNode event = events.event(n);
            String user = merges.user(event.path("user_id").asText());
            byUser.computeIfAbsent(user, u -> new ArrayList<>()).add(CountedEvent.of(event, facts));
        }
        byUser.forEach(this::compareProfile);
        // Under an id that was given up, the same is shown.
        merges.ids().forEach(id -> compareProfile(id, byUser.get(merges.user(id))));
    }

    private void compareProfile(String user, List<CountedEvent> events) {
        ShownProfile shown = ShownProfile.get(client, catalog.name(), user);
        List<String> differences = shown.differences(catalog.rules(), events);
        if (differences.isEmpty()) {
            return;
        }
        differingProfiles++;
        note(
                user
                        + ": "
                        + String.join(
                                "; ", differences.subList(0, Math.min(3, differences.size()))));
        countTypes(events, shown.profile().path("events"));
    }

    private void countTypes(List<CountedEvent> expected, JsonNode shown) {
        Map<String, Long> surplus = new TreeMap<>();
        shown.properties()
                .forEach(e -> surplus.put(e.getKey(), e.getValue().path("total").asLong()));
        expected.forEach(event -> surplus.merge(event.type(), -1L, Long::sum));
        for (long difference : surplus.values()) {
            lost += Math.max(-difference, 0);
            doubleCounted += Math.max(difference, 0);
        }
    }

    private void note(String note) {
        if (notes.size() < MOST_NOTES) {
            notes.add(note);
        }
    }

    /** Acknowledged events that are missing in the store or in a profile. */
    long lost() {
        return lost;
    }

    /** Events that are stored or counted more often than once. */
    long doubleCounted() {
        return doubleCounted;
    }

    /** Stored events with a field that is not as it was sent. */
    int differingEvents() {
        return differingEvents;
    }

    /** Profiles with at least one field that is not what the recount says. */
    int differingProfiles() {
        return differingProfiles;
    }

    /** The first differences. */
    List<String> notes() {
        return notes;
    }
}
