package dev.persona.bench.events;

/**
 * What {@code bench events} measures.
 *
 * @param events of one round, on either side
 * @param clients threads that send
 * @param rounds pairs of rounds that count, after those that warm up
 * @param profile whether to record and print where the node's time goes
 */
public record EventsBenchOptions(int events, int clients, int rounds, boolean profile) {

    /** Events of one call. */
    static final int BATCH = 500;

    /** Pairs of rounds that do not count: the virtual machine compiles what it is to run. */
    static final int WARM_UP_ROUNDS = 2;

    static final int USERS = 5000;
    static final int PRODUCTS = 1000;

    /** What holds when nothing is said. */
    public static final EventsBenchOptions DEFAULT = new EventsBenchOptions(150_000, 4, 5, false);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there would be nothing to measure
     */
    public EventsBenchOptions {
        if (events < BATCH || clients < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "needs at least %d events, 1 client and 1 round, was %d, %d, %d"
                            .formatted(BATCH, events, clients, rounds));
        }
    }

    int allRounds() {
        return WARM_UP_ROUNDS + rounds;
    }
}
