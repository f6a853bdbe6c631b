package dev.persona.profiling.event;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of thing that a user does: one of the standard ones, or one that a catalog has declared.
 *
 * <p>There is one object for each standard type, so that those can be compared by identity.
 */
public final class EventType implements Comparable<EventType> {
    /** A list of items was shown. */
    public static final EventType IMPRESSION = new EventType("impression", Subject.LIST, 0);

    /** Something was searched for. */
    public static final EventType SEARCH = new EventType("search", Subject.LIST, 1);

    /** An item's page was looked at. */
    public static final EventType VIEW = new EventType("view", Subject.ITEM, 2);

    /** An item of a list was clicked. */
    public static final EventType CLICK = new EventType("click", Subject.ITEM, 3);

    /** An item was marked as a favorite. */
    public static final EventType FAVORITE = new EventType("favorite", Subject.ITEM, 4);

    /** An item went into the cart. */
    public static final EventType ADD_TO_CART = new EventType("add_to_cart", Subject.ITEM, 5);

    /** An item was taken out of the cart. */
    public static final EventType REMOVE_FROM_CART =
            new EventType("remove_from_cart", Subject.ITEM, 6);

    /** An item was bought. */
    public static final EventType PURCHASE = new EventType("purchase", Subject.ITEM, 7);

    /** An item was given a number of stars. */
    public static final EventType RATING = new EventType("rating", Subject.ITEM, 8);

    /** An item was written about. */
    public static final EventType REVIEW = new EventType("review", Subject.ITEM, 9);

    /** An item was waved away. */
    public static final EventType DISMISS = new EventType("dismiss", Subject.ITEM, 10);

    private static final List<EventType> STANDARD =
            List.of(
                    IMPRESSION,
                    SEARCH,
                    VIEW,
                    CLICK,
                    FAVORITE,
                    ADD_TO_CART,
                    REMOVE_FROM_CART,
                    PURCHASE,
                    RATING,
                    REVIEW,
                    DISMISS);

    private static final Map<String, EventType> BY_ID =
            STANDARD.stream().collect(Collectors.toMap(EventType::id, Function.identity()));

    private static final Pattern CUSTOM_ID = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Order of the types: the standard ones as declared here, then the others by name. */
    private static final Comparator<EventType> ORDER =
            Comparator.<EventType>comparingInt(type -> type.place).thenComparing(EventType::id);

    /** What an event of a type is about. */
    private enum Subject {
        /** Items shown, in order; may be none for a search. */
        LIST,
        /** Exactly one item. */
        ITEM,
        /** One item, or none. */
        PERHAPS_ITEM
    }

    private final String id;
    private final Subject subject;
    private final int place;

    private EventType(String id, Subject subject, int place) {
        this.id = id;
        this.subject = subject;
        this.place = place;
    }

    /** The standard types, in the order of their declaration. */
    public static List<EventType> standard() {
        return STANDARD;
    }

    /** The standard type of that name in JSON. */
    public static Optional<EventType> standard(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /**
     * The standard type of that name, or one that a catalog has declared.
     *
     * @throws IllegalArgumentException when it is no name: lower-case letters, digits and
     *     underscores, at most 64, beginning with a letter
     */
    public static EventType named(String id) {
        EventType standard = BY_ID.get(id);
        if (standard != null) {
            return standard;
        }
        if (!isName(id)) {
            throw new IllegalArgumentException("no name of an event type: [" + id + "]");
        }
        return new EventType(id, Subject.PERHAPS_ITEM, STANDARD.size());
    }

    /** Whether a type could have that name. */
    public static boolean isName(String id) {
        return CUSTOM_ID.matcher(id).matches();
    }

    /** Names of the standard types. */
    public static List<String> ids() {
        return STANDARD.stream().map(EventType::id).toList();
    }

    /** The name used in JSON, such as {@code add_to_cart}. */
    public String id() {
        return id;
    }

    /** Whether a catalog has to declare it. */
    public boolean isCustom() {
        return place == STANDARD.size();
    }

    /** Whether the event is about a list of items rather than about one. */
    public boolean isAboutList() {
        return subject == Subject.LIST;
    }

    /** Whether the event cannot be without its item. */
    public boolean requiresItem() {
        return subject == Subject.ITEM;
    }

    @Override
    public int compareTo(EventType other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventType that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
