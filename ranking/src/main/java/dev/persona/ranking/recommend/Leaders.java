package dev.persona.ranking.recommend;

import dev.persona.ranking.signal.ItemBehaviour;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The items that users take to most.
 *
 * @param trending by recent demand, the most first
 * @param popular by popularity, the most first
 * @param largestRecent the largest recent demand of any item; 0 when there is none
 */
public record Leaders(List<String> trending, List<String> popular, double largestRecent) {
    /** How many of each are kept. */
    private static final int MOST = 200;

    /** Of all items. */
    public static Leaders of(ItemBehaviour behaviour) {
        List<String> trending = most(behaviour, item -> item.demand().recent());
        return new Leaders(
                trending,
                most(behaviour, ItemBehaviour.Numbers::popularity),
                trending.isEmpty() ? 0 : behaviour.of(trending.getFirst()).demand().recent());
    }

    private static List<String> most(
            ItemBehaviour behaviour, ToDoubleFunction<ItemBehaviour.Numbers> by) {
        List<String> items = new ArrayList<>(behaviour.items());
        items.removeIf(item -> !(by.applyAsDouble(behaviour.of(item)) > 0));
        items.sort(
                Comparator.<String>comparingDouble(item -> -by.applyAsDouble(behaviour.of(item)))
                        .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(items.subList(0, Math.min(MOST, items.size())));
    }
}
