package dev.persona.plugin.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Times;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;
import dev.persona.profiling.profile.ForwardDecay;
import dev.persona.ranking.signal.TrainingWindow;

import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which events a generation was learned from: as a caller says it, as its card shows it, and on the
 * wire.
 */
public final class TrainingWindowJson {
    private static final String WINDOW = "window";
    private static final String HALF_LIFE = "half_life";
    private static final String MIN_EVENTS = "min_events";

    private static final TimeValue LEAST = TimeValue.timeValueMinutes(1);
    private static final TimeValue MOST = TimeValue.timeValueDays(36_500);
    private static final int MOST_EVENTS = 1_000_000;

    private TrainingWindowJson() {}

    /**
     * Reads what a caller says; what is not said is all events, fading as those of the catalog do.
     *
     * @throws InvalidFieldException naming the field, its bounds and what it was
     */
    public static TrainingWindow parse(JsonFields body, ForwardDecay usual) {
        OptionalLong length = time(body, WINDOW);
        OptionalLong halfLife = time(body, HALF_LIFE);
        int minEvents = body.integer(MIN_EVENTS, 1, MOST_EVENTS).orElse(1);
        return new TrainingWindow(
                length,
                halfLife.isPresent() ? new ForwardDecay(halfLife.getAsLong()) : usual,
                minEvents);
    }

    private static OptionalLong time(JsonFields body, String name) {
        Optional<String> text = body.string(name);
        return text.isPresent()
                ? OptionalLong.of(Times.parse(name, text.get(), LEAST, MOST).millis())
                : OptionalLong.empty();
    }

    /** Writes the parameters of a card. There is no window where all events count. */
    public static void write(TrainingWindow window, ObjectNode parameters) {
        window.length().ifPresent(length -> parameters.put(WINDOW, Times.text(length)));
        parameters.put(HALF_LIFE, Times.text(window.decay().halfLife()));
        parameters.put(MIN_EVENTS, window.minEvents());
    }

    /** Reads the parameters of a card. */
    static TrainingWindow read(JsonNode parameters) {
        return new TrainingWindow(
                parameters.has(WINDOW)
                        ? OptionalLong.of(stored(parameters, WINDOW))
                        : OptionalLong.empty(),
                new ForwardDecay(stored(parameters, HALF_LIFE)),
                parameters.path(MIN_EVENTS).asInt());
    }

    private static long stored(JsonNode parameters, String name) {
        return TimeValue.parseTimeValue(parameters.path(name).asText(), name).millis();
    }

    /** Writes to the wire. */
    public static void write(TrainingWindow window, StreamOutput out) throws IOException {
        out.writeOptionalVLong(window.length().isPresent() ? window.length().getAsLong() : null);
        out.writeVLong(window.decay().halfLife());
        out.writeVInt(window.minEvents());
    }

    /** Reads from the wire. */
    public static TrainingWindow read(StreamInput in) throws IOException {
        Long length = in.readOptionalVLong();
        return new TrainingWindow(
                length == null ? OptionalLong.empty() : OptionalLong.of(length),
                new ForwardDecay(in.readVLong()),
                in.readVInt());
    }
}
