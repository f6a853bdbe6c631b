package dev.persona.plugin.event;

import dev.persona.profiling.event.EventFormat;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class EventsRequestTests extends AbstractWireSerializingTestCase<EventsRequest> {
    @Override
    protected Writeable.Reader<EventsRequest> instanceReader() {
        return EventsRequest::new;
    }

    @Override
    protected EventsRequest createTestInstance() {
        return new EventsRequest(
                randomIdentifier(),
                randomFrom(EventFormat.values()),
                randomBoolean(),
                randomBytesReference(between(0, 100)));
    }

    @Override
    protected EventsRequest mutateInstance(EventsRequest request) {
        String catalog = request.catalog();
        EventFormat format = request.format();
        boolean lines = request.lines();
        BytesReference body = request.body();
        return switch (between(0, 3)) {
            case 0 -> new EventsRequest(catalog, format, !lines, body);
            case 1 -> new EventsRequest(catalog + "x", format, lines, body);
            case 2 ->
                    new EventsRequest(
                            catalog,
                            randomValueOtherThan(format, () -> randomFrom(EventFormat.values())),
                            lines,
                            body);
            default -> new EventsRequest(catalog, format, lines, randomBytesReference(101));
        };
    }
}
