package dev.persona.plugin.follower;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventJson;
import dev.persona.profiling.json.InvalidFieldException;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * An event as it is stored, with its place.
 *
 * @param seqNo sequence number of the operation that stored it
 * @param id of the document
 * @param source of the document
 */
record NumberedEvent(long seqNo, String id, BytesReference source) implements Writeable {
    private static final Logger logger = LogManager.getLogger(NumberedEvent.class);

    /** What one takes up besides its source. */
    private static final int OVERHEAD = 200;

    NumberedEvent(StreamInput in) throws IOException {
        this(in.readVLong(), in.readString(), in.readBytesReference());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVLong(seqNo);
        out.writeString(id);
        out.writeBytesReference(source);
    }

    /** The event; nothing when somebody else has written something else into the index. */
    Optional<Event> event() {
        try {
            return Optional.of(EventJson.readStored(id, Json.readStored(source)));
        } catch (InvalidFieldException | UncheckedIOException e) {
            logger.warn(
                    "skipping operation [{}], it is no event: {}",
                    seqNo,
                    e.getClass().getSimpleName());
            // Says what it is, which may be an event all the same, or part of one.
            logger.debug("no event", e);
            return Optional.empty();
        }
    }

    /** How much memory it takes up. */
    int bytes() {
        return OVERHEAD + source.length();
    }
}
