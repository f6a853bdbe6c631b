package dev.persona.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persona.bench.BenchCatalog;
import dev.persona.bench.chaos.Stream.Shipment;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

class StreamTest {

    private static final int EVENTS = 5000;

    @Test
    void everyEventGoesOutAndATenthOfThemAgain() {
        Stream stream = new Stream(EVENTS, 7);
        stream.allow(EVENTS);
        Set<Integer> sent = new TreeSet<>();
        int repeats = 0;
        int altered = 0;
        for (Optional<List<Shipment>> batch = stream.take();
                batch.isPresent();
                batch = stream.take()) {
            for (Shipment shipment : batch.get()) {
                assertTrue(shipment.repeat() == false || sent.contains(shipment.number()));
                sent.add(shipment.number());
                repeats += shipment.repeat() ? 1 : 0;
                altered += shipment.altered() ? 1 : 0;
                stream.acknowledge(shipment);
            }
        }
        assertEquals(EVENTS, sent.size());
        assertEquals(EVENTS, stream.acknowledged());
        assertEquals(EVENTS * 0.1, repeats, EVENTS * 0.03);
        assertTrue(altered > 0 && altered < repeats);
    }

    @Test
    void nothingGoesOutBeyondWhatIsAllowed() {
        Stream stream = new Stream(EVENTS, 7);
        stream.allow(1000);
        int sent = 0;
        while (sent < 1000) {
            for (Shipment shipment : stream.take().orElseThrow()) {
                assertTrue(shipment.number() < 1000);
                sent = Math.max(sent, shipment.number() + 1);
            }
        }
        stream.stop();
        assertTrue(stream.take().isEmpty());
    }

    @Test
    void anEventIsTheSameWheneverItIsDrawnAndAlteredOnlyInItsBody() {
        BenchCatalog catalog = BenchCatalog.draw("products", 50, 3);
        ShopEvents events = new ShopEvents(catalog.products(), 20, 3, 1_800_000_000_000L);
        ShopEvents again = new ShopEvents(catalog.products(), 20, 3, 1_800_000_000_000L);
        for (int n = 0; n < 100; n++) {
            assertEquals(events.event(n), again.event(n));
            assertNotEquals(events.event(n), events.altered(n));
            for (String field : List.of("event_id", "user_id")) {
                assertEquals(events.event(n).get(field), events.altered(n).get(field));
            }
        }
    }
}
