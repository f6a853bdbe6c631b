package dev.persona.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.local.LocalCluster;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends events as a shop does that must lose none: to one node after the other, and whatever is not
 * acknowledged is sent again, until it is.
 */
final class PatientSender {

    private static final int BATCH = 20;

    private final LocalCluster cluster;
    private final SmallShop shop;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private int node;

    PatientSender(LocalCluster cluster, SmallShop shop) {
        this.cluster = cluster;
        this.shop = shop;
    }

    /** How many events have been acknowledged so far. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** How often something had to be sent again. */
    int repeated() {
        return repeated.get();
    }

    /** Returns when every event is acknowledged; fails the test when that does not happen. */
    void send(List<ObjectNode> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            List<ObjectNode> pending =
                    new ArrayList<>(events.subList(from, Math.min(from + BATCH, events.size())));
            Eventually.isTrue(
                    "a batch is acknowledged",
                    () -> {
                        sendOnce(pending);
                        return pending.isEmpty();
                    });
        }
    }

    /** Sends a batch and leaves in it what was not acknowledged. */
    private void sendOnce(List<ObjectNode> pending) {
        ElasticsearchClient client = cluster.client(node++ % cluster.nodes());
        try {
            JsonNode answer =
                    client.callNdjson("POST", shop.path("/events"), SmallShop.lines(pending));
            for (int i = pending.size() - 1; i >= 0; i--) {
                if (answer.path("items").path(i).path("status").asInt() / 100 == 2) {
                    pending.remove(i);
                    acknowledged.incrementAndGet();
                }
            }
            if (pending.isEmpty()) {
                return;
            }
        } catch (UncheckedIOException | ElasticsearchClient.UnexpectedStatusException e) {
            // The node is gone, or has no cluster at the moment.
        }
        repeated.incrementAndGet();
    }
}
