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

    /** Those of a profile. */
    public static BuyerFigures of(Profile profile) {
        Purchases purchases = profile.purchases();
        return new BuyerFigures(
                purchases.lastDay(),
                purchases.days(),
                purchases.monetary().doubleValue(),
                profile.price().isKnown()
                        ? OptionalDouble.of(profile.price().meanLog())
                        : OptionalDouble.empty());
    }

    /** Whether they tell nothing. */
    public boolean isEmpty() {
        return lastDay.isEmpty() && meanLogPrice.isEmpty();
    }
}
