package dev.persona.profiling.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.persona.profiling.json.InvalidFieldException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits the body of an events call, one event, an array or NDJSON, and reads its events one by
 * one, so that a bad one costs nothing but itself.
 */
public final class EventBatch {
    private static final ObjectReader JSON =
            new ObjectMapper()
                    .readerFor(JsonNode.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String NOT_JSON = "is not valid JSON: ";

    private EventBatch() {}

    /** What became of one event of the batch. */
    public sealed interface Received {}

    /**
     * A valid event.
     *
     * @param event the event
     */
    public record Accepted(Event event) implements Received {}

    /**
     * An event that cannot be taken.
     *
     * @param id its event_id, if it could be read
     * @param field the field at fault
     * @param reason what is wrong with it and what would be right
     */
    public record Refused(Optional<String> id, String field, String reason) implements Received {}

    /**
     * Reads a body.
     *
     * @param body UTF-8
     * @param lines whether the caller said that it is newline-delimited
     * @param now time of arrival in milliseconds
     * @return one entry for each event, in order
     * @throws InvalidFieldException when the body as a whole is neither one event, an array, nor
     *     NDJSON
     */
    public static List<Received> read(byte[] body, boolean lines, long now) {
        if (lines) {
            return readLines(body, now);
        }
        try {
            JsonNode json = JSON.readTree(body);
            List<Received> received = new ArrayList<>();
            if (json.isArray()) {
                json.forEach(event -> received.add(readEvent(event, now)));
            } else if (json.isObject()) {
                received.add(readEvent(json, now));
            } else {
                throw new InvalidFieldException(
                        "body", "must be an event, an array of events, or NDJSON");
            }
            return received;
        } catch (IOException e) {
            List<Received> received = startsAnObject(body) ? readLines(body, now) : List.of();
            // One event with a slip is no NDJSON: it is the body that is wrong.
            if (received.stream().allMatch(EventBatch::isNoJson)) {
                throw new InvalidFieldException("body", NOT_JSON + message(e));
            }
            return received;
        }
    }

    private static List<Received> readLines(byte[] body, long now) {
        List<Received> received = new ArrayList<>();
        int end;
        for (int start = 0; start < body.length; start = end + 1) {
            end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (!isBlank(body, start, end)) {
                received.add(readLine(body, start, end, now));
            }
        }
        return received;
    }

    /** Reads the bytes themselves: made a string first, broken UTF-8 would become valid text. */
    private static Received readLine(byte[] body, int start, int end, long now) {
        try {
            return readEvent(JSON.readTree(body, start, end - start), now);
        } catch (IOException e) {
            return new Refused(Optional.empty(), "event", NOT_JSON + message(e));
        }
    }

    private static Received readEvent(JsonNode json, long now) {
        try {
            return new Accepted(EventJson.parse(json, now));
        } catch (InvalidFieldException e) {
            return new Refused(
                    Optional.ofNullable(json.get("event_id"))
                            .filter(id -> id.isTextual() || id.isIntegralNumber())
                            .map(JsonNode::asText),
                    e.field(),
                    e.reason());
        }
    }

    private static boolean isNoJson(Received received) {
        return received instanceof Refused refused && refused.reason().startsWith(NOT_JSON);
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Character.isWhitespace(body[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsAnObject(byte[] body) {
        for (byte b : body) {
            if (!Character.isWhitespace(b)) {
                return b == '{';
            }
        }
        return false;
    }

    private static String message(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : "" + e;
    }
}
