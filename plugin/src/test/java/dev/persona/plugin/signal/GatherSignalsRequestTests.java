package dev.persona.plugin.signal;

import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.ranking.signal.TrainingWindow;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.util.OptionalLong;

public class GatherSignalsRequestTests
        extends AbstractWireSerializingTestCase<GatherSignalsRequest> {
    @Override
    protected Writeable.Reader<GatherSignalsRequest> instanceReader() {
        return GatherSignalsRequest::new;
    }

    @Override
    protected GatherSignalsRequest createTestInstance() {
        return new GatherSignalsRequest(
                randomIdentifier(), between(0, 9), window(between(1, 100)), randomLong());
    }

    private static TrainingWindow window(int minEvents) {
        return new TrainingWindow(
                randomBoolean() ? OptionalLong.empty() : OptionalLong.of(between(1, 9)),
                new ForwardDecay(between(1, 1000)),
                minEvents);
    }

    @Override
    protected GatherSignalsRequest mutateInstance(GatherSignalsRequest request) {
        String catalog = request.catalog();
        int shard = request.shard();
        TrainingWindow window = request.window();
        long now = request.now();
        return switch (between(0, 3)) {
            case 0 -> new GatherSignalsRequest(catalog + "x", shard, window, now);
            case 1 -> new GatherSignalsRequest(catalog, shard + 1, window, now);
            case 2 -> new GatherSignalsRequest(catalog, shard, window(101), now);
            default -> new GatherSignalsRequest(catalog, shard, window, now + 1);
        };
    }

    public void testItIsAboutTheEventsOfTheCatalog() {
        GatherSignalsRequest request = new GatherSignalsRequest("products", 2, window(1), 0);

        assertArrayEquals(new String[] {"persona-events-products"}, request.indices());
        assertEquals("[persona-events-products][2]", request.getDescription());
    }
}
