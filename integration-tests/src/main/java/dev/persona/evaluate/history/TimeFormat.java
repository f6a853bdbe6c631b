package dev.persona.evaluate.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the times of a file are written. Where they have no offset they are taken as UTC. */
public final class TimeFormat {

    /** ISO-8601, or seconds or milliseconds since 1970. */
    public static final TimeFormat USUAL =
            new TimeFormat(
                    "ISO-8601, or seconds or milliseconds since 1970",
                    new DateTimeFormatterBuilder()
                            .append(DateTimeFormatter.ISO_LOCAL_DATE)
                            .optionalStart()
                            .appendPattern("['T'][' ']")
                            .append(DateTimeFormatter.ISO_LOCAL_TIME)
                            .optionalStart()
                            .appendOffsetId()
                            .toFormatter(Locale.ROOT),
                    true);

    /** From here on a number is milliseconds: as seconds it would be the year 5138. */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");

    private final String form;
    private final DateTimeFormatter formatter;
    private final boolean numbers;

    private TimeFormat(String form, DateTimeFormatter formatter, boolean numbers) {
        this.form = form;
        this.formatter = formatter;
        this.numbers = numbers;
    }

    /**
     * A pattern of {@link DateTimeFormatter}, such as {@code M/d/yyyy H:mm}; names are English.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static TimeFormat of(String pattern) {
        return new TimeFormat(pattern, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH), false);
    }

    /**
     * Reads a time; a date alone is its first moment.
     *
     * @throws IllegalArgumentException when it is written otherwise
     */
    Instant read(String text) {
        if (numbers && DIGITS.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return Instant.ofEpochMilli(number < LEAST_MILLIS ? number * 1000 : number);
        }
        try {
            TemporalAccessor time =
                    formatter.parseBest(
                            text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (time) {
                case OffsetDateTime offset -> offset.toInstant();
                case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
                default -> LocalDate.from(time).atStartOfDay(ZoneOffset.UTC).toInstant();
            };
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "[%s] is no time of the form [%s]".formatted(text, form), e);
        }
    }
}
