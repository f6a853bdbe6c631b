package dev.persona.bench.events;

/**
 * What {@code bench events} measures.
 *
 * @param events of one round, on either side
 * @param clients threads that send
 * @param rounds pairs of rounds; the first warms up and does not count
 * @param profile whether to record and print where the node's time goes
 */
public record EventsBenchOptions(int events, int clients, int rounds, boolean profile) {

    /** Events of one call. */
    static final int BATCH = 500;

    static final int USERS = 5000;
    static final int PRODUCTS = 1000;

    /** What holds when nothing is said. */
    public static final EventsBenchOptions DEFAULT = new EventsBenchOptions(60_000, 4, 6, false);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there would be nothing to measure
     */
    public EventsBenchOptions {
        if (events < BATCH || clients < 1 || rounds < 2) {
            throw new IllegalArgumentException(
                    "needs at least %d events, 1 client and 2 rounds, was %d, %d, %d"
                            .formatted(BATCH, events, clients, rounds));
        }
    }
}
