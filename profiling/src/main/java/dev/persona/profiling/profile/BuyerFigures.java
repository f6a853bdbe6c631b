package dev.persona.profiling.profile;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The few numbers of a profile that a population is made of. They do not change with time, so they
 * can be stored and read back by themselves.
 *
 * @param lastDay day of the latest purchase; empty without a purchase, and then the next two are 0
 * @param days number of different days with a purchase
 * @param monetary money spent
 * @param meanLogPrice mean of ln price; empty when no price is known
 */
public record BuyerFigures(
        OptionalInt lastDay, int days, double monetary, OptionalDouble meanLogPrice) {
    private static final double PRECISION = 1e9;

    /** Those of a profile. */
    public static BuyerFigures of(Profile profile) {
        Purchases purchases = profile.purchases();
        return new BuyerFigures(
                purchases.lastDay(), purchases.days(), monetary(profile), meanLogPrice(profile));
    }

    /** Money spent; finite, whatever was sent as a price, as JSON and doc values need it. */
    static double monetary(Profile profile) {
        return Math.min(profile.purchases().monetary().doubleValue(), Double.MAX_VALUE);
    }

    /**
     * Mean of ln price to nine decimals, which is finer than any price. Users who turn to the same
     * prices at different times have means that differ in the last digits, and would otherwise be
     * told apart by these.
     */
    static OptionalDouble meanLogPrice(Profile profile) {
        double mean = profile.price().meanLog();
        return Double.isFinite(mean)
                ? OptionalDouble.of(Math.rint(mean * PRECISION) / PRECISION)
                : OptionalDouble.empty();
    }

    /** Whether they tell nothing. */
    public boolean isEmpty() {
        return lastDay.isEmpty() && meanLogPrice.isEmpty();
    }
}
