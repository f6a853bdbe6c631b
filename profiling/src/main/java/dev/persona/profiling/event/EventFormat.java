package dev.persona.profiling.event;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.profiling.json.InvalidFieldException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A way to write events as JSON. */
public enum EventFormat {
    /** Persona's own. */
    NATIVE,
    /** User Behavior Insights, an open schema for search clients. */
    UBI;

    /** The name that callers use, such as {@code ubi}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name. */
    public static Optional<EventFormat> named(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    /** Names of all formats. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(EventFormat::id).toList();
    }

    /**
     * Reads an event as a shop sends it.
     *
     * @param now the time of arrival in milliseconds
     * @throws InvalidFieldException naming the field, what is wrong and what would be right
     */
    public Event parse(JsonNode json, EventRules rules, long now) {
        return parse(json, rules, now, UnaryOperator.identity());
    }

    /**
     * Reads an event as a shop sends it, of users who are known by other names from here on: those
     * are what an id made from the content is made from, too.
     *
     * @param now the time of arrival in milliseconds
     * @param users gives the name that a user id is kept under
     * @throws InvalidFieldException naming the field, what is wrong and what would be right
     */
    Event parse(JsonNode json, EventRules rules, long now, UnaryOperator<String> users) {
        EventBounds bounds = new EventBounds(rules, now);
        Event sent =
                switch (this) {
                    case NATIVE -> NativeEvents.read(json, bounds);
                    case UBI -> UbiEvents.read(json, bounds);
                };
        Event event = sent.withUser(users.apply(sent.user()));
        return event.id().isEmpty() ? ContentId.give(event) : event;
    }
}
