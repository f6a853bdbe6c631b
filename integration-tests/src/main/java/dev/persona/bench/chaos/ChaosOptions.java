package dev.persona.bench.chaos;

/**
 * How much chaos.
 *
 * @param events different ones that are sent
 * @param kills how often nodes are ended by kill -9; all nodes at once count as one
 * @param seed what events and disruptions are drawn from
 * @param clients threads that send
 */
public record ChaosOptions(int events, int kills, long seed, int clients) {

    /** What holds when nothing is said. */
    public static final ChaosOptions DEFAULT = new ChaosOptions(200_000, 10, 1, 4);

    private static final int LEAST_EVENTS = 1000;
    private static final int MOST_USERS = 2000;
    private static final int LEAST_EVENTS_PER_USER = 25;
    private static final int EVENTS_PER_MERGE = 2500;
    private static final int LEAST_MERGES = 4;
    private static final int MOST_MERGES = 40;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there would be too little of something
     */
    public ChaosOptions {
        if (events < LEAST_EVENTS || kills < 1 || clients < 1) {
            throw new IllegalArgumentException(
                    "needs at least %d events, 1 kill and 1 client, was %d, %d, %d"
                            .formatted(LEAST_EVENTS, events, kills, clients));
        }
    }

    /** How many calls merge users. */
    int merges() {
        return Math.clamp(events / EVENTS_PER_MERGE, LEAST_MERGES, MOST_MERGES);
    }

    /** How many users the events are of: 2,000, or fewer so that a small run has full profiles. */
    int users() {
        return Math.min(MOST_USERS, events / LEAST_EVENTS_PER_USER);
    }
}
