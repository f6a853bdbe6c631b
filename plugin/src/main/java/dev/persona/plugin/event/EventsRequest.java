package dev.persona.plugin.event;

import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.profiling.event.EventFormat;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Events for a catalog. */
public final class EventsRequest extends CatalogRequest {
    private final EventFormat format;
    private final boolean lines;
    private final Optional<TimeValue> awaitProfiles;

    /**
     * Events.
     *
     * @param format how each event is written
     * @param lines whether the caller said that the body is newline-delimited
     * @param awaitProfiles how long the answer is to wait until the events are in the profiles;
     *     empty when it is not to wait for that
     */
    public EventsRequest(
            String catalog,
            EventFormat format,
            boolean lines,
            Optional<TimeValue> awaitProfiles,
            BytesReference body) {
        super(catalog, body);
        this.format = Objects.requireNonNull(format);
        this.lines = lines;
        this.awaitProfiles = awaitProfiles;
    }

    /** Events whose answer waits for no profile. */
    public EventsRequest(String catalog, EventFormat format, boolean lines, BytesReference body) {
        this(catalog, format, lines, Optional.empty(), body);
    }

    /** Reads what {@link #writeTo} wrote. */
    public EventsRequest(StreamInput in) throws IOException {
        super(in);
        this.format = in.readEnum(EventFormat.class);
        this.lines = in.readBoolean();
        this.awaitProfiles = Optional.ofNullable(in.readOptionalTimeValue());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeEnum(format);
        out.writeBoolean(lines);
        out.writeOptionalTimeValue(awaitProfiles.orElse(null));
    }

    /** How each event is written. */
    EventFormat format() {
        return format;
    }

    /** Whether the caller said that the body is newline-delimited. */
    boolean lines() {
        return lines;
    }

    /** How long to wait until the events are in the profiles; empty when not at all. */
    Optional<TimeValue> awaitProfiles() {
        return awaitProfiles;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof EventsRequest that
                && format == that.format
                && lines == that.lines
                && awaitProfiles.equals(that.awaitProfiles);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), format, lines, awaitProfiles);
    }
}
