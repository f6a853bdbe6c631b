package dev.persona.ranking.recommend;

import dev.persona.ranking.signal.Demand;

/**
 * Orders candidates of all sources by one formula:
 *
 * <pre>
 * (interest / largest interest + 0.1 related / largest relation + 0.15 recent / largest recent)
 *     * trend^1.25  +  0.3 * days bought^0.7 * trend^0.25 * repeat^0.25
 * </pre>
 *
 * <p>The form and its numbers were chosen on the purchases of a real shop, on two months before the
 * one that it is judged on; docs/recommendations.md has what each part is worth. The largest gain
 * is that trend multiplies what collaborative filtering says, where it is usually added as one more
 * list.
 */
public final class Blend {
    private static final double RELATED = 0.1;
    private static final double RECENT = 0.15;
    private static final double TREND = 1.25;
    private static final double BOUGHT = 0.3;
    private static final double DAYS = 0.7;
    private static final double MILD = 0.25;

    private final double largestInterest;
    private final double largestRelation;
    private final double largestRecent;

    /**
     * For one user.
     *
     * @param largestInterest of all items that the user could be recommended or has
     * @param largestRelation likewise
     * @param largestRecent of all items of the catalog
     */
    public Blend(double largestInterest, double largestRelation, double largestRecent) {
        this.largestInterest = largestInterest;
        this.largestRelation = largestRelation;
        this.largestRecent = largestRecent;
    }

    /**
     * What is known of one candidate and the user.
     *
     * @param interest product of the interest vector and the item's; 0 when there is none
     * @param related sum of {@link Relations}
     * @param daysBought number of days on which the user has bought it
     * @param demand what all users take to
     */
    public record Candidate(double interest, double related, int daysBought, Demand demand) {}

    /**
     * The parts of a score, in the order of the formula; they add up to it.
     *
     * @param interest by the interest vector
     * @param related by co-occurrence
     * @param recent by what users take to at present
     * @param repeat by what the user has bought before
     */
    public record Parts(double interest, double related, double recent, double repeat) {
        /** The score. */
        public double score() {
            return interest + related + recent + repeat;
        }
    }

    /** The score of a candidate, part by part. */
    public Parts parts(Candidate candidate) {
        Demand demand = candidate.demand();
        double trend = Math.pow(demand.trend(), TREND);
        return new Parts(
                part(candidate.interest(), largestInterest) * trend,
                RELATED * part(candidate.related(), largestRelation) * trend,
                RECENT * part(demand.recent(), largestRecent) * trend,
                BOUGHT
                        * Math.pow(candidate.daysBought(), DAYS)
                        * Math.pow(demand.trend(), MILD)
                        * Math.pow(demand.repeat(), MILD));
    }

    private static double part(double value, double largest) {
        return value <= 0 || largest <= 0 ? 0 : value / largest;
    }
}
