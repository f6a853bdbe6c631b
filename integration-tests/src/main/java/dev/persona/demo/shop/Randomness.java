package dev.persona.demo.shop;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent streams of random numbers from one seed, one for each purpose and number, so that the
 * hundredth session is the same whether or not the ones before it were played.
 */
enum Randomness {
    BRANDS,
    PRODUCTS,
    SHOPPERS,
    PLAN,
    BROWSING,
    JUDGING;

    RandomGenerator stream(long seed, long number) {
        // Odd multipliers keep (seed, purpose, number) apart; SplittableRandom mixes the rest.
        long state = seed * 0x9E3779B97F4A7C15L + (ordinal() + 1) * 0xD1B54A32D192ED03L;
        return new SplittableRandom(new SplittableRandom(state).nextLong() + number);
    }
}
