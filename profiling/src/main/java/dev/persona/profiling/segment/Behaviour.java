package dev.persona.profiling.segment;

import dev.persona.profiling.event.EventType;
import dev.persona.profiling.profile.BuyerFigures;
import dev.persona.profiling.profile.Profile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What of a profile tells how a user behaves; NaN where the profile does not say.
 *
 * <p>What has no upper end is given as ln(1 + value), so that from 1 to 10 is about as far as from
 * 10 to 100 and a few of the busiest do not make up the scale for all.
 */
public enum Behaviour {
    /** Views, faded. */
    VIEWS(faded(EventType.VIEW)),
    /** Clicks, faded. */
    CLICKS(faded(EventType.CLICK)),
    /** Searches, faded. */
    SEARCHES(faded(EventType.SEARCH)),
    /** Favorites, faded. */
    FAVORITES(faded(EventType.FAVORITE)),
    /** Items put into the cart, faded. */
    ADD_TO_CARTS(faded(EventType.ADD_TO_CART)),
    /** Purchases, faded. */
    PURCHASES(faded(EventType.PURCHASE)),
    /** Different sessions. */
    SESSIONS((profile, now) -> Math.log1p(profile.sessions().count())),
    /** Days since the first event. */
    DAYS_SINCE_FIRST_EVENT(
            (profile, now) -> profile.isEmpty() ? Double.NaN : days(profile.firstSeen(), now)),
    /** Days since the latest event. */
    DAYS_SINCE_LAST_EVENT(
            (profile, now) -> profile.isEmpty() ? Double.NaN : days(profile.lastSeen(), now)),
    /** Days since the latest purchase. */
    DAYS_SINCE_LAST_PURCHASE(
            (profile, now) ->
                    profile.purchases().total() == 0
                            ? Double.NaN
                            : days(profile.purchases().last(), now)),
    /** Different days with a purchase. */
    PURCHASE_DAYS((profile, now) -> Math.log1p(profile.purchases().days())),
    /** Median of the days from one day with a purchase to the next. */
    PURCHASE_CYCLE_DAYS((profile, now) -> Math.log1p(orNaN(profile.purchases().cycleDays()))),
    /** Money spent. */
    MONEY_SPENT((profile, now) -> Math.log1p(BuyerFigures.of(profile).monetary())),
    /** Money spent on a day with a purchase. */
    MONEY_PER_PURCHASE_DAY(
            (profile, now) ->
                    profile.purchases().total() == 0
                            ? Double.NaN
                            : Math.log1p(
                                    BuyerFigures.of(profile).monetary()
                                            / profile.purchases().days())),
    /** Mean of ln price of the items turned to. */
    PRICE_LEVEL((profile, now) -> orNaN(BuyerFigures.of(profile).meanLogPrice())),
    /** Standard deviation of ln price of the items turned to. */
    PRICE_SPREAD((profile, now) -> profile.price().deviationLog()),
    /** Share of purchases among the events about an item. */
    PURCHASE_SHARE((profile, now) -> purchaseShare(profile)),
    /** Share of the events from 22 to 6 o'clock. */
    NIGHT_SHARE((profile, now) -> orNaN(profile.activeTimes().nightShare())),
    /** Share of the events on Saturdays and Sundays. */
    WEEKEND_SHARE((profile, now) -> orNaN(profile.activeTimes().weekendShare()));

    private static final double MILLIS_PER_DAY = 86_400_000;

    private static final List<String> IDS = Arrays.stream(values()).map(Behaviour::id).toList();

    private final Measure measure;

    Behaviour(Measure measure) {
        this.measure = measure;
    }

    @FunctionalInterface
    private interface Measure {
        double of(Profile profile, long now);
    }

    /** The names of all, in the order of their declaration. */
    public static List<String> ids() {
        return IDS;
    }

    /** Its name in JSON, such as {@code purchase_days}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Its value.
     *
     * @param now time in milliseconds since 1970
     * @return a finite number, or NaN where the profile does not say
     */
    public double of(Profile profile, long now) {
        double value = measure.of(profile, now);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private static Measure faded(EventType type) {
        return (profile, now) ->
                profile.events()
                        .of(type)
                        .map(count -> Math.log1p(count.decayed(now, profile.rules().decay())))
                        .orElse(0.0);
    }

    /** Clocks differ: what lies ahead of now has just happened. */
    private static double days(long since, long now) {
        return Math.log1p(Math.max((double) now - since, 0) / MILLIS_PER_DAY);
    }

    private static double purchaseShare(Profile profile) {
        long events = 0;
        for (Map.Entry<EventType, ?> type : profile.events().all().entrySet()) {
            events += type.getKey().isAboutList() ? 0 : profile.count(type.getKey());
        }
        return events == 0 ? Double.NaN : (double) profile.count(EventType.PURCHASE) / events;
    }

    private static double orNaN(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }
}
