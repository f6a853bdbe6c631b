package dev.persona.ranking.signal;

import java.util.HashMap;
import java.util.Map;

/** Counts who has taken to each item, and when last. Not thread-safe. */
final class DemandCounts {
    private static final double DAY = 86_400_000;

    private final long now;
    private final Map<String, Counts> items = new HashMap<>();

    private static final class Counts {
        private double week;
        private double fortnight;
        private double months;
        private int buyers;
        private int repeaters;
    }

    /**
     * Counts nothing yet.
     *
     * @param now time in milliseconds that users are faded to
     */
    DemandCounts(long now) {
        this.now = now;
    }

    /**
     * Counts a user for an item.
     *
     * @param intensity weight of the heaviest thing done with it, as a part of the heaviest there
     *     is
     * @param last when something of positive weight was last done, in milliseconds since 1970
     * @param daysBought on how many days it was bought
     */
    void add(String item, double intensity, long last, int daysBought) {
        Counts counts = items.computeIfAbsent(item, id -> new Counts());
        double age = Math.max(now - last, 0) / DAY;
        counts.week += intensity * faded(age, 7);
        counts.fortnight += intensity * faded(age, 14);
        counts.months += intensity * faded(age, 60);
        if (daysBought > 0) {
            counts.buyers++;
        }
        if (daysBought > 1) {
            counts.repeaters++;
        }
    }

    private static double faded(double age, double halfLife) {
        return Math.pow(2, -age / halfLife);
    }

    Demand of(String item) {
        Counts counts = items.get(item);
        return counts == null
                ? Demand.UNKNOWN
                : Demand.of(
                        counts.week,
                        counts.fortnight,
                        counts.months,
                        counts.buyers,
                        counts.repeaters);
    }
}
