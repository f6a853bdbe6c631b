package dev.persona.evaluate.history;

import dev.persona.profiling.event.EventType;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes events of the lines of a file whose columns are named. */
final class EventLineReader {

    private static final int ABSENT = -1;

    private final int columns;
    private final int user;
    private final int item;
    private final int time;
    private final int order;
    private final int type;
    private final int quantity;
    private final int price;
    private final int title;
    private final TimeFormat timeFormat;

    EventLineReader(Columns names, List<String> header) {
        columns = header.size();
        user = header.indexOf(names.user());
        item = header.indexOf(names.item());
        time = header.indexOf(names.time());
        order = names.order().map(header::indexOf).orElse(ABSENT);
        type = names.type().map(header::indexOf).orElse(ABSENT);
        quantity = names.quantity().map(header::indexOf).orElse(ABSENT);
        price = names.price().map(header::indexOf).orElse(ABSENT);
        title = names.title().map(header::indexOf).orElse(ABSENT);
        timeFormat = names.timeFormat();
    }

    /**
     * The event of a line.
     *
     * @param number of the line, which names the event
     * @return empty when it is of nobody, about nothing, or without quantity or price
     * @throws IllegalArgumentException when it cannot be read
     */
    Optional<LoggedEvent> read(String[] row, long number) {
        if (row.length != columns) {
            throw new IllegalArgumentException(
                    "it has %d values, expected %d".formatted(row.length, columns));
        }
        String who = row[user].strip();
        String what = row[item].strip();
        double pieces = quantity == ABSENT ? 1 : number(row[quantity]);
        OptionalDouble each =
                price == ABSENT ? OptionalDouble.empty() : OptionalDouble.of(number(row[price]));
        if (who.isEmpty() || what.isEmpty() || !(pieces > 0) || !(each.orElse(1) > 0)) {
            return Optional.empty();
        }
        Instant at = timeFormat.read(row[time].strip());
        return Optional.of(
                new LoggedEvent(
                        "line-" + number,
                        who,
                        what,
                        type == ABSENT ? LoggedEvent.PURCHASE : type(row[type].strip()),
                        at,
                        order == ABSENT
                                ? at.atZone(ZoneOffset.UTC).toLocalDate().toString()
                                : row[order].strip(),
                        Math.clamp(Math.round(pieces), 1, Integer.MAX_VALUE),
                        each,
                        title == ABSENT
                                ? Optional.empty()
                                : Optional.of(row[title].strip().replaceAll("\\s+", " "))
                                        .filter(text -> !text.isEmpty())));
    }

    private static String type(String name) {
        EventType type =
                EventType.standard(name)
                        .filter(EventType::requiresItem)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "[%s] is no event type about an item; known: %s"
                                                        .formatted(name, known())));
        return type.id();
    }

    private static List<String> known() {
        return EventType.standard().stream()
                .filter(EventType::requiresItem)
                .map(EventType::id)
                .toList();
    }

    /** Nothing is 0: such a line has no quantity or price. */
    private static double number(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return 0;
        }
        try {
            return Double.parseDouble(stripped);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("[" + stripped + "] is no number", e);
        }
    }
}
