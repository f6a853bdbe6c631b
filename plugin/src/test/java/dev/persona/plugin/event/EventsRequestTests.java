package dev.persona.plugin.event;

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
                randomIdentifier(), randomBoolean(), randomBytesReference(between(0, 100)));
    }

    @Override
    protected EventsAction.Request mutateInstance(EventsAction.Request request) {
        String catalog = request.catalog();
        var lines = new EventsAction.Request(catalog, true, request.body());
        var noLines = new EventsAction.Request(catalog, false, request.body());
        boolean wasLines = request.equals(lines);
        return switch (between(0, 2)) {
            case 0 -> wasLines ? noLines : lines;
            case 1 -> new EventsAction.Request(catalog + "x", wasLines, request.body());
            default -> new EventsAction.Request(catalog, wasLines, randomBytesReference(101));
        };
    }
}
