package dev.persona.profiling.profile;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user likes now: a function of the user's events and nothing else.
 *
 * <p>{@link #apply(Event)} is the only way from events to profiles. Live updates, replays for
 * training and rebuilds all call it, so that a model is trained on what it will see when it serves.
 *
 * <p>Not safe for use by several threads.
 */
public final class Profile {
    private final ProfileRules rules;

    long landmark = Long.MIN_VALUE;
    long firstSeen = Long.MAX_VALUE;
    long lastSeen = Long.MIN_VALUE;
    final Map<EventType, Long> counts = new TreeMap<>();
    final Affinities affinities = new Affinities();
    PricePreference price = new PricePreference();
    final RecentItems recentItems = new RecentItems();

    /** A profile of a user who has done nothing yet. */
    public Profile(ProfileRules rules) {
        this.rules = rules;
    }

    /** Takes one event in. Each event must be given once; their order does not matter. */
    public void apply(Event event) {
        firstSeen = Math.min(firstSeen, event.timestamp());
        lastSeen = Math.max(lastSeen, event.timestamp());
        counts.merge(event.type(), 1L, Long::sum);
        event.item().ifPresent(item -> applyItem(event, item));
    }

    private void applyItem(Event event, String item) {
        moveLandmark(event.timestamp());
        double weight =
                rules.weight(event.type()) * rules.decay().scale(event.timestamp(), landmark);
        recentItems.add(item, event.type(), event.timestamp(), weight);
        if (weight == 0) {
            return;
        }
        ItemFacts facts = event.facts();
        facts.attributes()
                .forEach(
                        (attribute, values) ->
                                values.forEach(value -> affinities.add(attribute, value, weight)));
        if (weight > 0 && !Double.isNaN(facts.price())) {
            price.add(facts.price(), weight);
        }
    }

    private void moveLandmark(long time) {
        long needed = rules.decay().landmark(time);
        if (landmark == Long.MIN_VALUE) {
            landmark = needed;
        } else if (needed > landmark) {
            double factor = ForwardDecay.move(landmark, needed);
            affinities.multiply(factor);
            price.multiply(factor);
            recentItems.multiply(factor);
            landmark = needed;
        }
    }

    /** What a sum kept by this profile has to be multiplied with to give its value at a time. */
    public double decayAt(long time) {
        return landmark == Long.MIN_VALUE ? 1 : rules.decay().at(time, landmark);
    }

    /** Whether no event has been taken in. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Time of the earliest event, in milliseconds since 1970; Long.MAX_VALUE when empty. */
    public long firstSeen() {
        return firstSeen;
    }

    /** Time of the latest event, in milliseconds since 1970; Long.MIN_VALUE when empty. */
    public long lastSeen() {
        return lastSeen;
    }

    /** Number of events of each type. */
    public Map<EventType, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** Number of events of a type. */
    public long count(EventType type) {
        return counts.getOrDefault(type, 0L);
    }

    /** How much each attribute value matters to the user. */
    public Affinities affinities() {
        return affinities;
    }

    /** The price level the user turns to. */
    public PricePreference price() {
        return price;
    }

    /** What the user did lately. */
    public RecentItems recentItems() {
        return recentItems;
    }
}
