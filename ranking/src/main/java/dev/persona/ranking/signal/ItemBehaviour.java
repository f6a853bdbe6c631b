package dev.persona.ranking.signal;

import java.util.Map;
import java.util.Set;

/** How users as a whole behave towards each item. */
public final class ItemBehaviour {
    private final Map<String, Numbers> items;

    /**
     * Behaviour towards one item.
     *
     * @param popularity ln(1 + sum of the decayed weights of the events about it)
     * @param clickRate clicks over expected clicks, smoothed towards 1; see {@link
     *     ItemBehaviourCounts}
     * @param demand what users take to at present, and how often they come back for it
     */
    public record Numbers(float popularity, float clickRate, Demand demand) {
        /** Nobody has seen the item. */
        public static final Numbers UNKNOWN = new Numbers(Float.NaN, Float.NaN, Demand.UNKNOWN);
    }

    /** Of items by id. */
    public ItemBehaviour(Map<String, Numbers> items) {
        this.items = Map.copyOf(items);
    }

    /** Behaviour towards an item; {@link Numbers#UNKNOWN} when it was never shown nor used. */
    public Numbers of(String item) {
        return items.getOrDefault(item, Numbers.UNKNOWN);
    }

    /** Ids of the items that anything is known of. */
    public Set<String> items() {
        return items.keySet();
    }
}
