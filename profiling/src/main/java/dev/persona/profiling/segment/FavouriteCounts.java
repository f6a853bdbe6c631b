package dev.persona.profiling.segment;

import dev.persona.profiling.profile.Profile;
import dev.persona.profiling.profile.RecentItem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Counts which items the users of each segment take to. Each user counts for an item by the faded
 * weight of what was done with it, as a part of one event of the heaviest type, at most 1. Not
 * thread-safe.
 */
public final class FavouriteCounts {
    /** How many items of a segment are favourites. */
    static final int MOST = 50;

    /** So much use of an item beyond its own is assumed: what two users took to says little. */
    private static final double SMOOTHING = 5;

    /** An id, its place in a map, and its sums. */
    private static final long BYTES_PER_ITEM = 150;

    private final SegmentModel model;
    private final LongConsumer memory;
    private final Map<String, float[]> sums = new HashMap<>();

    /**
     * Counts nothing yet.
     *
     * @param memory told of bytes before they are taken; may throw to refuse
     */
    public FavouriteCounts(SegmentModel model, LongConsumer memory) {
        this.model = model;
        this.memory = memory;
    }

    /**
     * Counts a user.
     *
     * @param segment index of the user's segment
     * @param now in milliseconds since 1970
     */
    public void add(int segment, Profile profile, long now) {
        for (RecentItem item : profile.recentItems().all()) {
            double intensity = item.intensity(now);
            if (intensity > 0) {
                of(item.item())[segment] += (float) intensity;
            }
        }
    }

    private float[] of(String item) {
        float[] known = sums.get(item);
        if (known == null) {
            int segments = model.segments().size();
            memory.accept(BYTES_PER_ITEM + (long) segments * Float.BYTES);
            known = new float[segments];
            sums.put(item, known);
        }
        return known;
    }

    /**
     * The favourites of each segment by its name, the greatest first: those with the largest
     * product of how much the segment's users take to an item and which part of all who do they
     * are.
     */
    public Map<String, List<String>> favourites() {
        Map<String, List<String>> favourites = new TreeMap<>();
        for (int s = 0; s < model.segments().size(); s++) {
            int segment = s;
            Map<String, Double> scores = new HashMap<>();
            sums.forEach(
                    (item, parts) -> {
                        double all = SMOOTHING;
                        for (float part : parts) {
                            all += part;
                        }
                        if (parts[segment] > 0) {
                            scores.put(item, parts[segment] * parts[segment] / all);
                        }
                    });
            List<String> items = new ArrayList<>(scores.keySet());
            items.sort(
                    Comparator.<String>comparingDouble(item -> -scores.get(item))
                            .thenComparing(Comparator.naturalOrder()));
            favourites.put(
                    model.segments().get(segment).name(),
                    List.copyOf(items.subList(0, Math.min(MOST, items.size()))));
        }
        return favourites;
    }
}
