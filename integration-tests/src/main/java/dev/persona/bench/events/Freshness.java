package dev.persona.bench.events;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.BenchFailure;
import dev.persona.bench.Pause;
import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.Answer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A user who does one new thing after the other and looks when the profile shows it. */
final class Freshness {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Few enough that every item is still among the recent ones of the user's profile. */
    private static final int PROBES_PER_USER = 50;

    private final ElasticsearchClient client;
    private final BenchCatalog catalog;
    private final List<Double> millis = new ArrayList<>();
    private volatile boolean over;

    Freshness(ElasticsearchClient client, BenchCatalog catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    /** Probes until {@link #end}; from sending an event to seeing it in the profile. */
    void run() {
        for (int probe = 0; over == false; probe++) {
            long sent = System.nanoTime();
            String user = "probe-" + probe / PROBES_PER_USER;
            String item = "probe-item-" + probe;
            ObjectNode event =
                    ElasticsearchClient.JSON
                            .createObjectNode()
                            .put("event_id", "probe-" + probe)
                            .put("user_id", user)
                            .put("type", "view")
                            .put("item_id", item)
                            .put("timestamp", System.currentTimeMillis());
            client.callNdjson("POST", catalog.path("/_persona/events"), event + "\n");
            while (shows(user, item) == false) {
                if (System.nanoTime() - sent > PATIENCE.toNanos()) {
                    throw new BenchFailure("a profile does not show its event after " + PATIENCE);
                }
                Pause.of(POLL);
            }
            millis.add((System.nanoTime() - sent) / 1e6);
        }
    }

    private boolean shows(String user, String item) {
        Answer answer = client.send("GET", catalog.path("/_persona/profiles/" + user), null);
        return answer.status() == 200
                && answer.json()
                        .path("profile")
                        .path("recent_items")
                        .findValuesAsText("item")
                        .contains(item);
    }

    /** Lets the probe that is under way be the last. */
    void end() {
        over = true;
    }

    /** Milliseconds of each probe; after {@link #run} has returned. */
    List<Double> millis() {
        return millis;
    }
}
