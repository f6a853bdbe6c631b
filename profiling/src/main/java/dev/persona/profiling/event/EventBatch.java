package dev.persona.profiling.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.persona.profiling.json.InvalidFieldException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Splits the body of an events call, one event, an array or NDJSON, and reads its events one by
 * one, so that a bad one costs nothing but itself.
 */
public final class EventBatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ObjectReader LINE =
            JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String NOT_JSON = "is not valid JSON: ";

    private final byte[] body;
    private final EventFormat format;
    private final EventRules rules;
    private final long now;
    private final UnaryOperator<String> users;

    private EventBatch(
            byte[] body,
            EventFormat format,
            EventRules rules,
            long now,
            UnaryOperator<String> users) {
        this.body = body;
        this.format = format;
        this.rules = rules;
        this.now = now;
        this.users = users;
    }

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
     * @param format how each event is written
     * @param lines whether the caller said that it is newline-delimited
     * @param rules what the catalog takes
     * @param now time of arrival in milliseconds
     * @return one entry for each event, in order
     * @throws InvalidFieldException when the body as a whole is neither one event, an array, nor
     *     NDJSON, or holds more events than a call may
     */
    public static List<Received> read(
            byte[] body, EventFormat format, boolean lines, EventRules rules, long now) {
        return read(body, format, lines, rules, now, UnaryOperator.identity());
    }

    /**
     * Reads a body about users who are known by other names from here on.
     *
     * @param body UTF-8
     * @param format how each event is written
     * @param lines whether the caller said that it is newline-delimited
     * @param rules what the catalog takes
     * @param now time of arrival in milliseconds
     * @param users gives the name that a user id is kept under
     * @return one entry for each event, in order
     * @throws InvalidFieldException when the body as a whole is neither one event, an array, nor
     *     NDJSON, or holds more events than a call may
     */
    public static List<Received> read(
            byte[] body,
            EventFormat format,
            boolean lines,
            EventRules rules,
            long now,
            UnaryOperator<String> users) {
        EventBatch batch = new EventBatch(body, format, rules, now, users);
        return lines ? batch.readLines() : batch.readJson();
    }

    private List<Received> readJson() {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
                throw new InvalidFieldException(
                        "body", "must be an event, an array of events, or NDJSON");
            }
            List<Received> received =
                    first == JsonToken.START_ARRAY
                            ? readArray(parser)
                            : List.of(readElement(parser));
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows after its end");
            }
            return received;
        } catch (IOException e) {
            List<Received> received = startsAnObject() ? readLines() : List.of();
            // One event with a slip is no NDJSON: it is the body that is wrong.
            if (received.stream().allMatch(EventBatch::isNoJson)) {
                throw new InvalidFieldException("body", NOT_JSON + message(e));
            }
            return received;
        }
    }

    /** Reads one element after the other, so that there is never a tree of the whole body. */
    private List<Received> readArray(JsonParser parser) throws IOException {
        List<Received> received = new ArrayList<>();
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new JsonEOFException(parser, null, "the array does not end");
            }
            if (++count > rules.eventsPerCall()) {
                parser.skipChildren();
            } else {
                received.add(readElement(parser));
            }
        }
        checkCount(count);
        return received;
    }

    private Received readElement(JsonParser parser) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        JsonNode json = JSON.readTree(parser);
        long end = parser.currentLocation().getByteOffset();
        // Where the parser does not count bytes, the body is not UTF-8.
        long bytes = start < 0 ? json.toString().getBytes(UTF_8).length : end - start;
        return readEvent(json, bytes);
    }

    private List<Received> readLines() {
        checkCount(countLines());
        List<Received> received = new ArrayList<>();
        int end;
        for (int start = 0; start < body.length; start = end + 1) {
            end = endOfLine(start);
            if (!isBlank(start, end)) {
                received.add(readLine(start, end));
            }
        }
        return received;
    }

    private int countLines() {
        int count = 0;
        int end;
        for (int start = 0; start < body.length; start = end + 1) {
            end = endOfLine(start);
            if (!isBlank(start, end)) {
                count++;
            }
        }
        return count;
    }

    private int endOfLine(int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private void checkCount(int events) {
        if (events > rules.eventsPerCall()) {
            throw new InvalidFieldException(
                    "body",
                    "must hold at most " + rules.eventsPerCall() + " events, was " + events);
        }
    }

    /** Reads the bytes themselves: made a string first, broken UTF-8 would become valid text. */
    private Received readLine(int start, int end) {
        int length = (body[end - 1] == '\r' ? end - 1 : end) - start;
        try {
            return readEvent(LINE.readTree(body, start, length), length);
        } catch (IOException e) {
            return new Refused(Optional.empty(), "event", NOT_JSON + message(e));
        }
    }

    private Received readEvent(JsonNode json, long bytes) {
        try {
            if (bytes > rules.eventBytes()) {
                throw new InvalidFieldException(
                        "event", "must be at most " + rules.eventBytes() + " bytes, was " + bytes);
            }
            return new Accepted(format.parse(json, rules, now, users));
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

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Character.isWhitespace(body[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean startsAnObject() {
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
