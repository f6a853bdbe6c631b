package dev.persona.profiling.factorization;

import java.util.Random;

/** Small shops to factorize. */
final class Shops {
    private Shops() {}

    /** Each user has each item with the same chance and some weight. */
    static Interactions random(int users, int items, double density, long seed) {
        Random random = new Random(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < users; user++) {
            builder.add("u" + user, "i" + random.nextInt(items), 1);
            for (int item = 0; item < items; item++) {
                if (random.nextDouble() < density) {
                    builder.add("u" + user, "i" + item, 1 + random.nextInt(5));
                }
            }
        }
        return builder.build();
    }

    /**
     * User u and item i belong to block u % blocks and i % blocks; a user has some of its block.
     */
    static Interactions planted(int users, int items, int blocks, double density, long seed) {
        Random random = new Random(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < users; user++) {
            for (int item = user % blocks; item < items; item += blocks) {
                if (random.nextDouble() < density) {
                    builder.add("u" + user, "i" + item, 1);
                }
            }
        }
        return builder.build();
    }

    /** The block of a planted id. */
    static int block(String id, int blocks) {
        return Integer.parseInt(id.substring(1)) % blocks;
    }
}
