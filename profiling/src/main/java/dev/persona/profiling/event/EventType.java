package dev.persona.profiling.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of things a user does. */
public enum EventType {
    /** A list of items was shown. */
    IMPRESSION,
    /** Something was searched for. */
    SEARCH,
    /** An item's page was looked at. */
    VIEW,
    /** An item of a list was clicked. */
    CLICK,
    /** An item was marked as a favorite. */
    FAVORITE,
    /** An item went into the cart. */
    ADD_TO_CART,
    /** An item was taken out of the cart. */
    REMOVE_FROM_CART,
    /** An item was bought. */
    PURCHASE,
    /** An item was given a number of stars. */
    RATING,
    /** An item was written about. */
    REVIEW,
    /** An item was waved away. */
    DISMISS;

    private static final List<EventType> ALL = List.of(values());

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name used in JSON, such as {@code add_to_cart}. */
    public String id() {
        return id;
    }

    /** Whether the event is about exactly one item. */
    public boolean isAboutOneItem() {
        return this != IMPRESSION && this != SEARCH;
    }

    /** The type of that name in JSON. */
    public static Optional<EventType> of(String id) {
        return ALL.stream().filter(type -> type.id.equals(id)).findFirst();
    }

    /** All names used in JSON. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(EventType::id).toList();
    }
}
