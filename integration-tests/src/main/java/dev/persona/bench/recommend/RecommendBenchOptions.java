package dev.persona.bench.recommend;

/**
 * What {@code bench recommend} measures.
 *
 * @param products of the catalog
 * @param users who have done something
 * @param requests of each kind and number of clients that count
 */
public record RecommendBenchOptions(int products, int users, int requests) {
    static final int FACTORS = 64;
    static final int EVENTS_PER_USER = 30;
    static final int SIZE = 20;

    /** As many as a recommendation looks at. */
    static final int NEIGHBOURS = 100;

    /** What holds when nothing is said. */
    public static final RecommendBenchOptions DEFAULT =
            new RecommendBenchOptions(100_000, 10_000, 1000);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there would be nothing to measure
     */
    public RecommendBenchOptions {
        if (products < 1000 || users < 100 || requests < 10) {
            throw new IllegalArgumentException(
                    "needs at least 1000 products, 100 users and 10 requests, was %d, %d, %d"
                            .formatted(products, users, requests));
        }
    }
}
