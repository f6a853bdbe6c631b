package dev.persona.ranking.signal;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.InteractionsBuilder;
import dev.persona.profiling.profile.LocalCalendar;
import dev.persona.profiling.profile.ProfileRules;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Gathers from events what item vectors and item behaviour are made from. The user's interaction
 * with an item is the sum of the decayed weights of the events about it; where that is not above 0
 * there is none.
 *
 * <p>What several have gathered can be added up. Not thread-safe.
 */
public final class SignalBuilder {
    /** What making interactions of a pair takes up meanwhile. */
    private static final long BYTES_PER_INTERACTION = 100;

    private final ProfileRules rules;
    private final TrainingWindow window;
    private final long now;
    private final LongConsumer memory;
    private final CountedIds users;
    private final CountedIds items;
    private final PairSums pairs;
    private final ItemBehaviourCounts behaviour;
    private final LocalCalendar calendar;

    /**
     * Knows of nobody yet.
     *
     * @param rules say what an event weighs
     * @param window says which events count, and how they fade
     * @param now time in milliseconds that weights are decayed to
     */
    public SignalBuilder(ProfileRules rules, TrainingWindow window, long now) {
        this(rules, window, now, bytes -> {});
    }

    /**
     * Knows of nobody yet.
     *
     * @param rules say what an event weighs
     * @param window says which events count, and how they fade
     * @param now time in milliseconds that weights are decayed to
     * @param memory told of bytes before they are taken, and, by a negative number, when they are
     *     given back; may throw to refuse
     */
    public SignalBuilder(ProfileRules rules, TrainingWindow window, long now, LongConsumer memory) {
        this.rules = rules;
        this.window = window;
        this.now = now;
        this.memory = memory;
        this.users = new CountedIds(memory);
        this.items = new CountedIds(memory);
        this.pairs = new PairSums(memory);
        this.behaviour = new ItemBehaviourCounts(memory);
        this.calendar = new LocalCalendar(rules.zone());
    }

    /** Adds events, in any order. */
    public void add(List<Event> events) {
        for (Event event : events) {
            if (counts(event.timestamp())) {
                add(event);
            }
        }
    }

    private void add(Event event) {
        int position = event.query().position();
        if (event.type() == EventType.IMPRESSION) {
            shown(event.items(), position);
        } else if (event.item().isPresent()) {
            add(
                    user(event.user()),
                    item(event.item().get()),
                    event.type(),
                    event.timestamp(),
                    event.amount().value(),
                    position);
        }
    }

    /** Whether events of a time count at all. */
    public boolean counts(long timestamp) {
        return timestamp >= window.since(now);
    }

    /** The number that stands for a user here. */
    public int user(String id) {
        return users.number(id);
    }

    /** The number that stands for an item here. */
    public int item(String id) {
        return items.number(id);
    }

    /**
     * Adds an event about one item, of a time that counts.
     *
     * @param user its number here
     * @param item its number here
     * @param value the event's own number, such as stars; NaN when it has none
     * @param position place of the item in the list, from 1; 0 when unknown
     */
    public void add(
            int user, int item, EventType type, long timestamp, double value, int position) {
        double weight = rules.weight(type, value);
        // Nothing stays nothing, even in a future so far that everything else is infinite.
        if (weight != 0) {
            double decayed =
                    Math.clamp(
                            weight * window.decay().between(timestamp, now),
                            -TrainingWindow.MOST_WEIGHT,
                            TrainingWindow.MOST_WEIGHT);
            int pair = pairs.slot(user, item);
            pairs.add(pair, decayed);
            if (weight > 0) {
                pairs.taken(pair, (float) weight, timestamp);
                if (type == EventType.PURCHASE) {
                    pairs.bought(pair, calendar.day(timestamp));
                }
            }
            users.count(user, 1);
            items.count(item, 1);
            behaviour.done(item, decayed);
        }
        if (type == EventType.CLICK && position > 0) {
            behaviour.clicked(item, position);
        }
    }

    /**
     * Adds an impression of a time that counts.
     *
     * @param shown ids of the items, in order
     * @param position place of the first of them, from 1; 0 when unknown
     */
    public void shown(List<String> shown, int position) {
        int first = Math.max(position, 1);
        for (int i = 0; i < shown.size(); i++) {
            behaviour.shown(item(shown.get(i)), first + i);
        }
    }

    /**
     * Adds what another has gathered.
     *
     * @param userOf the user that an id counts for
     */
    public void add(SignalSums sums, UnaryOperator<String> userOf) {
        int[] itemOf = items.add(sums.items());
        pairs.add(
                sums.pairs(),
                users.add(
                        new SignalSums.Ids(
                                sums.users().ids().stream().map(userOf).toList(),
                                sums.users().events())),
                itemOf);
        behaviour.add(sums.behaviour(), itemOf);
    }

    /** What has been gathered. */
    public SignalSums sums() {
        memory.accept(SignalSums.bytes(users.size(), items.size(), pairs.size()));
        return new SignalSums(
                users.sums(), items.sums(), pairs.sums(users.size()), behaviour.sums(items.size()));
    }

    /**
     * What there is to factorize. Users and items with too few events are left out: who they are is
     * decided once, by all events, not again by what is left.
     */
    public Interactions interactions() {
        memory.accept(BYTES_PER_INTERACTION * pairs.size());
        InteractionsBuilder interactions = Interactions.builder();
        pairs.forEach(
                pair -> {
                    int user = pairs.user(pair);
                    int item = pairs.item(pair);
                    // What a float cannot tell from 0 is no interaction either.
                    if ((float) pairs.sum(pair) > 0
                            && users.events(user) >= window.minEvents()
                            && items.events(item) >= window.minEvents()) {
                        interactions.add(users.id(user), items.id(item), pairs.sum(pair));
                    }
                });
        return interactions.build();
    }

    /** Behaviour towards the items. */
    public ItemBehaviour behaviour() {
        return behaviour.build(items, demand());
    }

    private DemandCounts demand() {
        DemandCounts demand = new DemandCounts(items.size(), now);
        double most = rules.heaviest();
        pairs.forEach(
                pair -> {
                    if (pairs.heaviest(pair) > 0) {
                        demand.taken(
                                pairs.item(pair), pairs.heaviest(pair) / most, pairs.last(pair));
                    }
                    if (pairs.bought(pair) != PairSums.NEVER) {
                        demand.bought(pairs.item(pair), pairs.bought(pair) == PairSums.SEVERAL);
                    }
                });
        return demand;
    }
}
