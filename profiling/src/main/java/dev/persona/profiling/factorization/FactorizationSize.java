package dev.persona.profiling.factorization;

/**
 * How large a factorization is, known before anything is allocated.
 *
 * @param users number of users
 * @param items number of items
 * @param entries number of pairs with a weight
 * @param factors length of a vector
 * @param threads number of threads that work on it
 */
public record FactorizationSize(long users, long items, long entries, int factors, int threads) {
    /** The longest array that every virtual machine makes. */
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** The size of a factorization of these interactions. */
    public static FactorizationSize of(
            Interactions interactions, AlsParameters parameters, int threads) {
        return new FactorizationSize(
                interactions.users().size(),
                interactions.items().size(),
                interactions.entries(),
                parameters.factors(),
                threads);
    }

    /**
     * The bytes of heap that it needs: both orders of the interactions, the vectors and what each
     * thread works in, without the ids. Long.MAX_VALUE where the number does not fit into a long.
     */
    public long bytes() {
        long rows = plus(users, items);
        long interactions =
                plus(times(entries, 2L * (Integer.BYTES + Float.BYTES)), times(rows, 4));
        long vectors = times(times(rows, factors), Float.BYTES);
        return plus(plus(interactions, vectors), times(threads, CholeskySolver.bytes(factors)));
    }

    /**
     * Refuses what does not fit.
     *
     * @param limit the bytes of heap that it may take
     * @throws IllegalArgumentException with what it needs and what there is
     */
    public void requireAtMost(long limit) {
        long longest = times(Math.max(users, items), factors);
        if (longest > LONGEST_ARRAY) {
            throw new IllegalArgumentException(
                    this + " needs one array of " + longest + " floats, most is " + LONGEST_ARRAY);
        }
        if (bytes() > limit) {
            throw new IllegalArgumentException(
                    this + " needs " + bytes() + " bytes of heap, at most " + limit + " are there");
        }
    }

    @Override
    public String toString() {
        return "a factorization of "
                + users
                + " users and "
                + items
                + " items with "
                + entries
                + " entries into "
                + factors
                + " factors";
    }

    private static long times(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }

    private static long plus(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }
}
