package dev.persona.profiling.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing a user did.
 *
 * @param id identifies the event; the same id again is the same event
 * @param user who did it
 * @param type what was done
 * @param timestamp when, in milliseconds since 1970-01-01T00:00:00Z
 * @param items ids of the items it is about: one, or for an impression those shown, in order
 * @param scores first-pass score of each shown item, same order as items; empty when unknown
 * @param query what the event belongs to: session, search
 * @param amount how much of it: quantity, price, value
 * @param facts what was known of the item when the event arrived; unknown for impressions
 * @param note what else the shop said of it
 */
public record Event(
        String id,
        String user,
        EventType type,
        long timestamp,
        List<String> items,
        float[] scores,
        Origin query,
        Amount amount,
        ItemFacts facts,
        Note note) {

    /**
     * Checks that nothing is missing and that scores and items fit each other.
     *
     * @throws IllegalArgumentException when there are scores, but not one for each item
     */
    public Event {
        Objects.requireNonNull(id);
        Objects.requireNonNull(user);
        Objects.requireNonNull(type);
        items = List.copyOf(items);
        if (scores.length != 0 && scores.length != items.size()) {
            throw new IllegalArgumentException(
                    "one score for each item: " + scores.length + " for " + items.size());
        }
        Objects.requireNonNull(query);
        Objects.requireNonNull(amount);
        Objects.requireNonNull(facts);
        Objects.requireNonNull(note);
    }

    /** The one item it is about, if it is about one. */
    public Optional<String> item() {
        return !type.isAboutList() && items.size() == 1
                ? Optional.of(items.get(0))
                : Optional.empty();
    }

    /** The same event with what is known of its item. */
    public Event withFacts(ItemFacts known) {
        return new Event(id, user, type, timestamp, items, scores, query, amount, known, note);
    }

    /** The same event under another id. */
    Event withId(String other) {
        return new Event(other, user, type, timestamp, items, scores, query, amount, facts, note);
    }

    /** The same event, done by another user. */
    public Event withUser(String other) {
        return new Event(id, other, type, timestamp, items, scores, query, amount, facts, note);
    }

    /**
     * Where an event came from.
     *
     * @param session visit in which it happened
     * @param queryId search in whose results it happened; joins clicks to their impression
     * @param query what was searched for
     * @param position place of the item in the list, from 1; 0 when unknown
     * @param channel by which it came, such as web, app or store
     */
    public record Origin(
            Optional<String> session,
            Optional<String> queryId,
            Optional<String> query,
            int position,
            Optional<String> channel) {
        /** Nothing is known. */
        public static final Origin UNKNOWN =
                new Origin(
                        Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /**
     * How much of it.
     *
     * @param quantity how many pieces, at least 1
     * @param price price of one piece in the shop's currency; NaN when not given
     * @param value a number of the event's own, such as stars; NaN when not given
     */
    public record Amount(int quantity, double price, double value) {
        /** One piece, nothing else known. */
        public static final Amount ONE = new Amount(1, Double.NaN, Double.NaN);
    }

    /**
     * What else a shop says of an event. It is kept with the event and goes into no profile.
     *
     * @param text what the user wrote, such as a review
     * @param context free keys, each with a String, Long, finite Double or Boolean
     * @param receivedAt when it arrived, in milliseconds since 1970; 0 when unknown
     */
    public record Note(Optional<String> text, Map<String, Object> context, long receivedAt) {
        /** Nothing was said. */
        public static final Note NONE = new Note(Optional.empty(), Map.of(), 0);

        /** Copies the context, keeping its order. */
        public Note {
            context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        }
    }
}
