package dev.persona.plugin.event;

import dev.persona.profiling.event.EventFormat;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class EventsRequestTests extends AbstractWireSerializingTestCase<EventsAction.Request> {
    @Override
    protected Writeable.Reader<EventsAction.Request> instanceReader() {
        return EventsAction.Request::new;
    }

    @Override
    protected EventsAction.Request createTestInstance() {
        return new EventsAction.Request(
                randomIdentifier(),
                randomFrom(EventFormat.values()),
                randomBoolean(),
                randomBytesReference(between(0, 100)));
    }

    @Override
    protected EventsAction.Request mutateInstance(EventsAction.Request request) {
        String catalog = request.catalog();
        EventFormat format = request.format();
        boolean lines = request.lines();
        BytesReference body = request.body();
        return switch (between(0, 3)) {
            case 0 -> new EventsAction.Request(catalog, format, !lines, body);
            case 1 -> new EventsAction.Request(catalog + "x", format, lines, body);
            case 2 ->
                    new EventsAction.Request(
                            catalog,
                            randomValueOtherThan(format, () -> randomFrom(EventFormat.values())),
                            lines,
                            body);
            default -> new EventsAction.Request(catalog, format, lines, randomBytesReference(101));
        };
    }
}
