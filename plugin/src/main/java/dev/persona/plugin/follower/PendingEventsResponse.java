package dev.persona.plugin.follower;

import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Events of a user id that are in no document yet, in order. */
public final class PendingEventsResponse extends ActionResponse {
    static final PendingEventsResponse NONE = new PendingEventsResponse("", List.of());

    private final String eventsUuid;
    private final List<NumberedEvent> events;

    PendingEventsResponse(String eventsUuid, List<NumberedEvent> events) {
        this.eventsUuid = eventsUuid;
        this.events = events;
    }

    /** Reads what {@link #writeTo} wrote. */
    public PendingEventsResponse(StreamInput in) throws IOException {
        this.eventsUuid = in.readString();
        this.events = in.readCollectionAsList(NumberedEvent::new);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(eventsUuid);
        out.writeCollection(events);
    }

    /** What their numbers count in. */
    String eventsUuid() {
        return eventsUuid;
    }

    /** The events. */
    List<NumberedEvent> events() {
        return events;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingEventsResponse that
                && eventsUuid.equals(that.eventsUuid)
                && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return Objects.hash(eventsUuid, events);
    }
}
