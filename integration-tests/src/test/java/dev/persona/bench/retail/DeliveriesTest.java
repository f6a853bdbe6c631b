package dev.persona.bench.retail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.bench.retail.Deliveries.Delivery;
import dev.persona.client.ElasticsearchClient;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

class DeliveriesTest {

    private static final int EVENTS = 20_000;

    private static final List<ObjectNode> SENT =
            IntStream.range(0, EVENTS)
                    .mapToObj(
                            n ->
                                    ElasticsearchClient.JSON
                                            .createObjectNode()
                                            .put("event_id", "e" + n)
                                            .put("user_id", "u" + n % 7))
                    .toList();

    @Test
    void everyEventGoesOutOnceAsItIsAndATenthAgainAfterwards() {
        Deliveries deliveries = Deliveries.draw(SENT, 1);
        Set<ObjectNode> first = new HashSet<>();
        Set<String> answered = new HashSet<>();
        int altered = 0;
        int atOnce = 0;
        for (List<List<Delivery>> phase : deliveries.phases()) {
            Set<String> inPhase = new HashSet<>();
            for (List<Delivery> call : phase) {
                Set<String> inCall = new HashSet<>();
                for (Delivery delivery : call) {
                    String id = delivery.event().path("event_id").asText();
                    if (delivery.repeat()) {
                        // A repeat in another call of its phase might overtake the first.
                        assertTrue(answered.contains(id) || inCall.contains(id), id);
                        atOnce += inCall.contains(id) ? 1 : 0;
                        altered += first.contains(delivery.event()) ? 0 : 1;
                    } else {
                        assertTrue(first.add(delivery.event()), id);
                        inCall.add(id);
                        inPhase.add(id);
                    }
                }
            }
            answered.addAll(inPhase);
        }
        assertEquals(Set.copyOf(SENT), first);
        int repeats = deliveries.duplicates();
        assertEquals(EVENTS / 10.0, repeats, EVENTS / 100.0);
        assertEquals(deliveries.sent() - EVENTS, repeats);
        assertEquals(repeats / 3.0, atOnce, repeats / 10.0);
        assertTrue(altered > repeats / 4 && altered < repeats, altered + " of " + repeats);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertEquals(Deliveries.draw(SENT, 5), Deliveries.draw(SENT, 5));
    }
}
