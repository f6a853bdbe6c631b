package dev.persona.ranking.signal;

/** Counts who has taken to each item, and when last. Items are given by number. Not thread-safe. */
final class DemandCounts {
    private static final double DAY = 86_400_000;

    private final long now;
    private final double[] week;
    private final double[] fortnight;
    private final double[] months;
    private final int[] buyers;
    private final int[] repeaters;

    /**
     * Counts nothing yet.
     *
     * @param items how many there are
     * @param now time in milliseconds that users are faded to
     */
    DemandCounts(int items, long now) {
        this.now = now;
        this.week = new double[items];
        this.fortnight = new double[items];
        this.months = new double[items];
        this.buyers = new int[items];
        this.repeaters = new int[items];
    }

    /**
     * Counts a user for an item.
     *
     * @param intensity weight of the heaviest thing done with it, as a part of the heaviest there
     *     is
     * @param last when something of positive weight was last done, in milliseconds since 1970
     */
    void taken(int item, double intensity, long last) {
        double age = Math.max(now - last, 0) / DAY;
        week[item] += intensity * faded(age, 7);
        fortnight[item] += intensity * faded(age, 14);
        months[item] += intensity * faded(age, 60);
    }

    /** Counts a user who has bought an item. */
    void bought(int item, boolean onSeveralDays) {
        buyers[item]++;
        if (onSeveralDays) {
            repeaters[item]++;
        }
    }

    private static double faded(double age, double halfLife) {
        return Math.pow(2, -age / halfLife);
    }

    Demand of(int item) {
        return Demand.of(week[item], fortnight[item], months[item], buyers[item], repeaters[item]);
    }
}
