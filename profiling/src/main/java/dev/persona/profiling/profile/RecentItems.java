package dev.persona.profiling.profile;

import dev.persona.profiling.event.EventType;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The last {@value #MOST_ITEMS} items a user did something with, and what. */
public final class RecentItems {
    /** How many items are kept. */
    static final int MOST_ITEMS = 200;

    private final Map<String, RecentItem> items = new HashMap<>();

    RecentItems() {}

    void add(String item, EventType type, long time, double weight) {
        RecentItem recent = items.computeIfAbsent(item, RecentItem::new);
        recent.weight += weight;
        recent.last = Math.max(recent.last, time);
        recent.actions.merge(type, 1, Integer::sum);
        if (items.size() > MOST_ITEMS) {
            items.values().stream()
                    .min(Comparator.comparingLong(RecentItem::last).thenComparing(RecentItem::item))
                    .map(RecentItem::item)
                    .ifPresent(items::remove);
        }
    }

    void put(RecentItem item) {
        items.put(item.item, item);
    }

    void multiply(double factor) {
        items.values().forEach(item -> item.weight *= factor);
    }

    /** The item, if the user did something with it lately. */
    public Optional<RecentItem> find(String item) {
        return Optional.ofNullable(items.get(item));
    }

    /** All of them, in no order. */
    public Collection<RecentItem> all() {
        return Collections.unmodifiableCollection(items.values());
    }

    /** One item and what was done with it. */
    public static final class RecentItem {
        private final String item;
        private double weight;
        private long last = Long.MIN_VALUE;
        private final Map<EventType, Integer> actions = new TreeMap<>();

        private RecentItem(String item) {
            this.item = item;
        }

        RecentItem(String item, double weight, long last, Map<EventType, Integer> actions) {
            this(item);
            this.weight = weight;
            this.last = last;
            this.actions.putAll(actions);
        }

        /** Id of the item. */
        public String item() {
            return item;
        }

        /** Sum of the weights of the events, from the profile's landmark. */
        public double weight() {
            return weight;
        }

        /** When something was last done with it, in milliseconds since 1970. */
        public long last() {
            return last;
        }

        /** How often each thing was done. */
        public Map<EventType, Integer> actions() {
            return Collections.unmodifiableMap(actions);
        }
    }
}
