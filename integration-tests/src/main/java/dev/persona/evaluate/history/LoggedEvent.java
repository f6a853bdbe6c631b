package dev.persona.evaluate.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of a file: a user did something with an item.
 *
 * @param id no other line has it
 * @param user who
 * @param item with what
 * @param type name of a standard event type, such as {@code purchase}
 * @param at when
 * @param occasion the order that the line belongs to, or the day where the file has no orders: what
 *     is done twice on one occasion was decided once
 * @param quantity how many pieces, at least 1
 * @param price of one piece, above 0; empty when the file does not say
 * @param title of the item as on this line; empty when the file does not say
 */
public record LoggedEvent(
        String id,
        String user,
        String item,
        String type,
        Instant at,
        String occasion,
        int quantity,
        OptionalDouble price,
        Optional<String> title) {

    /** The type by which items are bought. */
    public static final String PURCHASE = "purchase";

    /** Whether the item was bought. */
    public boolean isPurchase() {
        return type.equals(PURCHASE);
    }
}
