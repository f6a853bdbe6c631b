package dev.persona.profiling.profile;

import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventType;
import dev.persona.profiling.event.ItemFacts;

import java.util.List;
import java.util.Optional;

/**
 * What a user likes now: a function of the set of the user's events and nothing else.
 *
 * <p>{@link #apply(Event)} is the only way from events to profiles. Live updates, replays for
 * training and rebuilds all call it, so that a model is trained on what it will see when it serves.
 * Every part is a sum or a bounded set of the largest, so the order of the events does not matter,
 * and profiles of different events can be put together.
 *
 * <p>Not safe for use by several threads.
 */
public final class Profile {
    private final ProfileRules rules;
    private final LocalCalendar calendar;

    long firstSeen = Long.MAX_VALUE;
    long lastSeen = Long.MIN_VALUE;
    final EventCounts events = new EventCounts();
    final Affinities affinities = new Affinities();
    final PriceLevels prices = new PriceLevels();
    final Purchases purchases = new Purchases();
    final ActiveTimes activeTimes = new ActiveTimes();
    final Channels channels = new Channels();
    final Sessions sessions = new Sessions();
    final RecentItems recentItems;

    /** A profile of a user who has done nothing yet. */
    public Profile(ProfileRules rules) {
        this.rules = rules;
        this.calendar = new LocalCalendar(rules.zone());
        this.recentItems = new RecentItems(rules);
    }

    /** Takes one event in. Each event must be given once; their order does not matter. */
    public void apply(Event event) {
        long time = event.timestamp();
        long local = calendar.local(time);
        int day = LocalCalendar.dayOf(local);
        EventType type = event.type();
        ForwardDecay.Moment moment = rules.decay().moment(time);
        firstSeen = Math.min(firstSeen, time);
        lastSeen = Math.max(lastSeen, time);
        events.add(type, time, day, moment);
        if (type != EventType.IMPRESSION) {
            activeTimes.add(LocalCalendar.hourOf(local), LocalCalendar.weekdayOf(day));
        }
        if (type == EventType.PURCHASE) {
            purchases.add(event, day);
        }
        event.query().channel().ifPresent(channel -> channels.add(channel, 1));
        event.query().session().ifPresent(sessions::add);
        event.item().ifPresent(item -> applyItem(event, item, moment));
    }

    private void applyItem(Event event, String item, ForwardDecay.Moment moment) {
        double factor = rules.factor(event);
        recentItems.add(item, event.type(), event.timestamp(), factor);
        double weight = rules.weight(event.type()) * factor;
        if (weight == 0) {
            return;
        }
        ItemFacts facts = event.facts();
        facts.attributes()
                .forEach((attribute, found) -> affinities.add(attribute, found, weight, moment));
        if (weight > 0 && !Double.isNaN(facts.price())) {
            prices.add(facts.price(), categories(facts), weight, moment);
        }
    }

    private List<String> categories(ItemFacts facts) {
        Optional<String> attribute = rules.categoryAttribute();
        return attribute.isEmpty()
                ? List.of()
                : facts.attributes().getOrDefault(attribute.get(), List.of());
    }

    /**
     * Takes in the events of another profile, none of which this one may hold already: afterwards
     * it is the profile of them all. The other one stays as it is.
     *
     * @throws IllegalArgumentException when the other one was made by other rules
     */
    public void absorb(Profile other) {
        if (!rules.equals(other.rules)) {
            throw new IllegalArgumentException("profiles of other rules cannot be put together");
        }
        firstSeen = Math.min(firstSeen, other.firstSeen);
        lastSeen = Math.max(lastSeen, other.lastSeen);
        events.absorb(other.events);
        affinities.absorb(other.affinities);
        prices.absorb(other.prices);
        purchases.absorb(other.purchases);
        activeTimes.absorb(other.activeTimes);
        channels.absorb(other.channels);
        sessions.absorb(other.sessions);
        recentItems.absorb(other.recentItems);
    }

    /** How events were turned into it. */
    public ProfileRules rules() {
        return rules;
    }

    /** The days of its catalog. */
    public LocalCalendar calendar() {
        return calendar;
    }

    /** Whether no event has been taken in. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** Time of the earliest event, in milliseconds since 1970; Long.MAX_VALUE when empty. */
    public long firstSeen() {
        return firstSeen;
    }

    /** Time of the latest event, in milliseconds since 1970; Long.MIN_VALUE when empty. */
    public long lastSeen() {
        return lastSeen;
    }

    /** How often the user did what. */
    public EventCounts events() {
        return events;
    }

    /** Number of events of a type. */
    public long count(EventType type) {
        return events.total(type);
    }

    /** How much each attribute value matters to the user. */
    public Affinities affinities() {
        return affinities;
    }

    /** The price level the user turns to, over all items. */
    public PricePreference price() {
        return prices.overall();
    }

    /** The price levels the user turns to. */
    public PriceLevels prices() {
        return prices;
    }

    /** What the user bought. */
    public Purchases purchases() {
        return purchases;
    }

    /** When the user is active. */
    public ActiveTimes activeTimes() {
        return activeTimes;
    }

    /** By which channels the user came. */
    public Channels channels() {
        return channels;
    }

    /** How many sessions the user had. */
    public Sessions sessions() {
        return sessions;
    }

    /** What the user did lately. */
    public RecentItems recentItems() {
        return recentItems;
    }
}
