package dev.persona.ranking.signal;

/**
 * What users take to at present. Each user counts once per item: by the heaviest thing done with
 * it, 1 for the heaviest there is, faded since the last time.
 *
 * @param recent ln(1 + users of late), with a half-life of a week
 * @param trend users of late against those of the months before, (U14 + 0.5) / (U60 + 1) with
 *     half-lives of 14 and 60 days: 0.5 for what nobody takes to, near 1 for what is new and liked,
 *     near 0 for what is going out
 * @param repeat how likely who has bought the item is to buy it on another day too, smoothed by ten
 *     buyers of whom 15% do, as a multiple of 0.2
 */
public record Demand(float recent, float trend, float repeat) {
    private static final double PRIOR_BUYERS = 10;
    private static final double PRIOR_REPEATERS = 1.5;
    private static final double USUAL_RATE = 0.2;

    /** Of an item that nobody has taken to. */
    public static final Demand UNKNOWN = of(0, 0, 0, 0, 0);

    /**
     * From counts.
     *
     * @param week users, faded with a half-life of 7 days
     * @param fortnight the same with 14 days
     * @param months the same with 60 days
     * @param buyers users who have bought it
     * @param repeaters those of them who have on more than one day
     */
    static Demand of(double week, double fortnight, double months, int buyers, int repeaters) {
        return new Demand(
                (float) Math.log1p(week),
                (float) ((fortnight + 0.5) / (months + 1)),
                (float) ((repeaters + PRIOR_REPEATERS) / (buyers + PRIOR_BUYERS) / USUAL_RATE));
    }
}
