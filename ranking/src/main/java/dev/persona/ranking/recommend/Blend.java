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
    private static final double BOUGHT = 0.3;
    private static final double DAYS = 0.7;
    private static final double MILD = 0.25;

    private final Weights weights;
    private final double largestInterest;
    private final double largestRelation;
    private final double largestRecent;

    /**
     * What differs with whom is recommended to.
     *
     * @param related weight of co-occurrence, where that of interest is 1
     * @param recent weight of what users take to at present
     * @param trend exponent of the trend
     */
    private record Weights(double related, double recent, double trend) {}

    private Blend(
            Weights weights, double largestInterest, double largestRelation, double largestRecent) {
        this.weights = weights;
        this.largestInterest = largestInterest;
        this.largestRelation = largestRelation;
        this.largestRecent = largestRecent;
    }

    /**
     * For one user.
     *
     * @param largestInterest of all items that the user could be recommended or has
     * @param largestRelation likewise
     * @param largestRecent of all items of the catalog
     */
    public static Blend forUser(
            double largestInterest, double largestRelation, double largestRecent) {
        return new Blend(
                new Weights(0.1, 0.15, 1.25), largestInterest, largestRelation, largestRecent);
    }

    /**
     * For somebody who looks at some items now: what is like them and what goes with them count the
     * same, what is in demand does not.
     *
     * @param largestInterest of all items that could be recommended or are looked at
     * @param largestRelation likewise
     */
    public static Blend forItems(double largestInterest, double largestRelation) {
        return new Blend(new Weights(1, 0, 0), largestInterest, largestRelation, 0);
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
        double trend = Math.pow(demand.trend(), weights.trend());
        return new Parts(
                part(candidate.interest(), largestInterest) * trend,
                weights.related() * part(candidate.related(), largestRelation) * trend,
                weights.recent() * part(demand.recent(), largestRecent) * trend,
                BOUGHT
                        * Math.pow(candidate.daysBought(), DAYS)
                        * Math.pow(demand.trend(), MILD)
                        * Math.pow(demand.repeat(), MILD));
    }

    private static double part(double value, double largest) {
        return value <= 0 || largest <= 0 ? 0 : value / largest;
    }
}
