package dev.persona.ranking.recommend;

import dev.persona.profiling.profile.BoughtItem;
import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.RecentItem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom to recommend to.
 *
 * @param history how much each item of the user says, above 0 and at most 1: the faded weight of
 *     what was done with it, as a part of one event of the heaviest type
 * @param bought items that the user has bought, by id
 * @param interest the interest vector; empty when there is none
 */
public record Shopper(
        Map<String, Double> history, Map<String, BoughtItem> bought, float[] interest) {
    /** Somebody of whom nothing is known. */
    public static final Shopper UNKNOWN = new Shopper(Map.of(), Map.of(), new float[0]);

    /** Copies the maps. */
    public Shopper {
        history = Map.copyOf(history);
        bought = Map.copyOf(bought);
    }

    /**
     * The user of a profile.
     *
     * @param interest the interest vector; empty when there is none
     * @param now time in milliseconds that weights are faded to
     */
    public static Shopper of(Profile profile, float[] interest, long now) {
        Map<String, Double> history = new HashMap<>();
        for (RecentItem item : profile.recentItems().all()) {
            double intensity = item.intensity(now);
            if (intensity > 0) {
                history.put(item.item(), intensity);
            }
        }
        Map<String, BoughtItem> bought = new HashMap<>();
        profile.purchases().boughtItems().forEach(item -> bought.put(item.item(), item));
        return new Shopper(history, bought, interest);
    }

    /**
     * Somebody who looks at some items now.
     *
     * @param interest the vector that stands for them; empty when there is none
     */
    public static Shopper of(List<String> items, float[] interest) {
        Map<String, Double> history = new HashMap<>();
        items.forEach(item -> history.put(item, 1.0));
        return new Shopper(history, Map.of(), interest);
    }
}
