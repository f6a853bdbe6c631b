package dev.persona.evaluate.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Purchases made up in a test. */
public final class Purchases {

    private final List<LoggedEvent> events = new ArrayList<>();

    /** Starts without any. */
    public Purchases() {}

    /**
     * Adds one.
     *
     * @param day such as {@code 2011-11-01}, which is also the occasion
     */
    public Purchases add(String user, String item, String day) {
        return add(user, item, LoggedEvent.PURCHASE, day);
    }

    /** Adds an event of another type. */
    public Purchases add(String user, String item, String type, String day) {
        events.add(
                new LoggedEvent(
                        "e" + events.size(),
                        user,
                        item,
                        type,
                        Instant.parse(day + "T12:00:00Z"),
                        day,
                        1,
                        OptionalDouble.of(1 + events.size()),
                        Optional.of(item + " " + day)));
        return this;
    }

    /** All of them. */
    public List<LoggedEvent> events() {
        return List.copyOf(events);
    }

    /** All of them, as what is known. */
    public History history() {
        return new History(events);
    }
}
