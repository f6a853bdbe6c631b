package dev.persona.bench.als;

/**
 * What {@code bench als} measures.
 *
 * @param users rows of the matrix
 * @param items columns of the matrix
 * @param entries of the matrix
 * @param iterations of each factorization
 * @param seed what the matrix is drawn from
 * @param growth whether to measure with two and four times the entries, too
 * @param spark whether to measure Spark MLlib on the same matrix
 */
public record AlsBenchOptions(
        int users,
        int items,
        int entries,
        int iterations,
        int seed,
        boolean growth,
        boolean spark) {

    static final double REGULARIZATION = 0.01;
    static final double ALPHA = 1;
    static final int THREADS = 2;
    private static final int MOST_ENTRIES = 100_000_000;

    /** What holds when nothing is said. */
    public static final AlsBenchOptions DEFAULT =
            new AlsBenchOptions(100_000, 20_000, 5_000_000, 10, 1, true, false);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there would be nothing to measure
     */
    public AlsBenchOptions {
        if (users < 1 || items < 1 || entries < 1 || iterations < 4) {
            throw new IllegalArgumentException(
                    "needs users, items and entries and 4 iterations, was %d, %d, %d, %d"
                            .formatted(users, items, entries, iterations));
        }
        if (entries > MOST_ENTRIES || 4L * entries > (long) users * items / 4) {
            throw new IllegalArgumentException(
                    "%d x %d have no room to draw four times %d pairs, which may be %d at most"
                            .formatted(users, items, entries, MOST_ENTRIES));
        }
    }
}
