package dev.persona.demo.shop;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * One search of one user, before it has been sent.
 *
 * @param number place in time among all sessions, from 0; session ids and event ids derive from it
 * @param shopper who searches
 * @param recipient whose taste decides: the shopper's own, or another's when it is for a gift
 * @param query what is typed
 * @param page which page of hits is looked at, 0 for the first
 * @param at when the search is sent
 * @param seed the seed of the shop, from which the session's own random numbers derive
 */
public record ShopSession(
        int number,
        Shopper shopper,
        Shopper recipient,
        ShopQuery query,
        int page,
        Instant at,
        long seed) {

    /** Random numbers for browsing the hits; the same at each call. */
    public RandomGenerator browsing() {
        return Randomness.BROWSING.stream(seed, number);
    }

    /** Random numbers for judging a window without position bias; the same at each call. */
    public RandomGenerator judging() {
        return Randomness.JUDGING.stream(seed, number);
    }

    /** How much the product is wanted in this session. */
    public double utility(Product product) {
        return Taste.utility(recipient, product, query);
    }
}
