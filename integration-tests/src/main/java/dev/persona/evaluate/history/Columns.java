package dev.persona.evaluate.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which column of a file tells what, by their names in its first line.
 *
 * @param user who did it
 * @param item with what
 * @param time when, written as {@code timeFormat} says
 * @param order which order a line belongs to; without it, a day is one occasion
 * @param type a standard event type; without it, every line is a purchase
 * @param quantity how many pieces; lines without any are left out
 * @param price of one piece; lines without any are left out
 * @param title of the item
 * @param timeFormat how times are written
 */
public record Columns(
        String user,
        String item,
        String time,
        Optional<String> order,
        Optional<String> type,
        Optional<String> quantity,
        Optional<String> price,
        Optional<String> title,
        TimeFormat timeFormat) {

    /** Checks that nothing is missing. */
    public Columns {
        Stream.of(user, item, time, order, type, quantity, price, title, timeFormat)
                .forEach(Objects::requireNonNull);
    }

    /** All columns that are named. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(user, item, time));
        Stream.of(order, type, quantity, price, title)
                .flatMap(Optional::stream)
                .forEach(names::add);
        return names;
    }
}
