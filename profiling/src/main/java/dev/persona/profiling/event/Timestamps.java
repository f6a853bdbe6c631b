package dev.persona.profiling.event;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Reads points in time in the forms that shops send. */
final class Timestamps {
    /** From here on a number is taken as milliseconds: as seconds it would be the year 5138. */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");

    private Timestamps() {}

    /**
     * Reads ISO-8601 with an offset, or seconds or milliseconds since 1970 as a number or string.
     *
     * @return milliseconds since 1970-01-01T00:00:00Z
     * @throws InvalidFieldException when it is none of these
     */
    static long read(String field, JsonNode node) {
        return read(field, node, false);
    }

    /** The same, but a date and time without an offset is taken as UTC. */
    static long readPerhapsLocal(String field, JsonNode node) {
        return read(field, node, true);
    }

    private static long read(String field, JsonNode node, boolean perhapsLocal) {
        String text = node.isNumber() && !node.isIntegralNumber() ? "" : node.asText();
        if (DIGITS.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return number < LEAST_MILLIS ? number * 1000 : number;
        }
        if (node.isTextual()) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                // Said below, together with what would be right.
            }
            if (perhapsLocal) {
                try {
                    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
                } catch (DateTimeException | ArithmeticException e) {
                    // The same.
                }
            }
        }
        throw new InvalidFieldException(
                field,
                "must be ISO-8601 with an offset, such as 2026-01-31T09:30:00Z, or seconds or"
                        + " milliseconds since 1970, was "
                        + JsonFields.show(node));
    }
}
