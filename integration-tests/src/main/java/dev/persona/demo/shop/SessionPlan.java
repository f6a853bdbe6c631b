package dev.persona.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Who searches for what, and when.
 *
 * <p>Training sessions lie in the 59 days that end one day before now. Each is a user drawn by
 * activity, and a query drawn by that user's liking of the categories that sell the noun. Held-out
 * sessions are the next different users to come, during the last day: they are those users' last
 * sessions, later than everything that is sent or trained on. Who asks for no more than a noun may
 * turn the page: every other time to the second, from there every other time to the third, and so
 * to the fourth. In one session in ten the user looks for a present, and another user's taste
 * decides.
 *
 * @param training in order of time
 * @param heldOut in order of time, no user twice
 */
public record SessionPlan(List<ShopSession> training, List<ShopSession> heldOut) {

    private static final Duration PERIOD = Duration.ofDays(59);
    private static final Duration LAST_DAY = Duration.ofDays(1);
    private static final double FOR_A_GIFT = 0.1;
    private static final double TURNS_THE_PAGE = 0.5;
    private static final int LAST_PAGE = 3;

    /** Keeps its own copies of the lists. */
    public SessionPlan {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Plans the sessions of a shop.
     *
     * @param seed the same seed gives the same plan
     * @param now the end of the last day
     * @param training how many sessions to learn from
     * @param heldOut how many to measure on, at most half as many as there are users
     */
    public static SessionPlan of(
            GeneratedShop shop, long seed, Instant now, int training, int heldOut) {
        if (heldOut * 2 > shop.shoppers().size()) {
            throw new IllegalArgumentException(
                    "held-out sessions must be at most half the users = "
                            + shop.shoppers().size() / 2
                            + ", were "
                            + heldOut);
        }
        RandomGenerator random = Randomness.PLAN.stream(seed, 0);
        Shoppers who = new Shoppers(shop, seed);
        Instant cut = now.minus(LAST_DAY);
        List<ShopSession> sessions = new ArrayList<>();
        for (Instant at : times(cut.minus(PERIOD), PERIOD, training, random)) {
            sessions.add(who.session(sessions.size(), who.draw(random), at, random));
        }
        Set<String> seen = new HashSet<>();
        List<ShopSession> last = new ArrayList<>();
        for (Instant at : times(cut, LAST_DAY, heldOut, random)) {
            Shopper shopper = who.draw(random);
            while (!seen.add(shopper.id())) {
                shopper = who.draw(random);
            }
            last.add(who.session(training + last.size(), shopper, at, random));
        }
        return new SessionPlan(sessions, last);
    }

    private static List<Instant> times(
            Instant start, Duration period, int count, RandomGenerator random) {
        long[] offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = random.nextLong(period.toMillis());
        }
        Arrays.sort(offsets);
        return Arrays.stream(offsets).mapToObj(start::plusMillis).toList();
    }

    /** Draws users by activity and makes their sessions. */
    private static final class Shoppers {
        private final GeneratedShop shop;
        private final long seed;
        private final WeightedChoice byActivity;
        private final QueryMaker queries;

        Shoppers(GeneratedShop shop, long seed) {
            this.shop = shop;
            this.seed = seed;
            this.queries = new QueryMaker(shop);
            this.byActivity =
                    new WeightedChoice(
                            shop.shoppers().stream().mapToDouble(Shopper::activity).toArray());
        }

        Shopper draw(RandomGenerator random) {
            return shop.shoppers().get(byActivity.draw(random));
        }

        ShopSession session(int number, Shopper shopper, Instant at, RandomGenerator random) {
            Shopper recipient =
                    random.nextDouble() < FOR_A_GIFT
                            ? shop.shoppers().get(random.nextInt(shop.shoppers().size()))
                            : shopper;
            ShopQuery query = queries.query(recipient, random);
            int page = query.modifiers().isEmpty() ? page(random) : 0;
            return new ShopSession(number, shopper, recipient, query, page, at, seed);
        }

        private static int page(RandomGenerator random) {
            int page = 0;
            while (page < LAST_PAGE && random.nextDouble() < TURNS_THE_PAGE) {
                page++;
            }
            return page;
        }
    }
}
