package dev.persona.profiling.cooccurrence;

import dev.persona.profiling.factorization.Interactions;
import dev.persona.profiling.factorization.SharedLoop;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Relates items by the users who have both of them. Only whether a user has an item counts; the
 * weights decide no more than which items of a user with too many are looked at.
 *
 * <p>Each item's users are walked, and of each user the items: the time is in proportion to the sum
 * over the users of the square of the number of their items, which is why {@link
 * CoOccurrenceParameters#mostItemsPerUser} bounds that number. 100,000 users and 20,000 items with
 * 5,000,000 entries, drawn by a power law, took two threads 10 to 12 seconds with the
 * log-likelihood ratio and 3 to 5 with the cosine.
 *
 * <p>Memory: 8 bytes for each interaction, 8 for each item and thread, and 8 for each pair in the
 * result, twice while its parts are put together; of these there are at most items * mostRelated.
 *
 * <p>The same interactions and parameters give the same result to the last bit, whatever the number
 * of threads.
 */
public final class CoOccurrence {
    private static final int ITEMS_PER_TURN = 64;

    private final CoOccurrenceParameters parameters;
    private final SharedLoop loop;

    /**
     * @param parameters which items are related
     * @param threads number of threads that work, with the calling one, at least 1
     * @param executor lends threads - 1 threads
     */
    public CoOccurrence(CoOccurrenceParameters parameters, int threads, Executor executor) {
        this.parameters = Objects.requireNonNull(parameters, "parameters");
        this.loop = new SharedLoop(threads, executor);
    }

    /** On the calling thread alone. */
    public CoOccurrence(CoOccurrenceParameters parameters) {
        this(parameters, 1, Runnable::run);
    }

    /**
     * Relates the items.
     *
     * @param interactions who has what
     * @param cancelled asked before each list of items that is walked, by several threads; true
     *     ends the run
     * @throws CancellationException once cancelled
     * @throws IllegalArgumentException if more pairs are related than an array holds
     */
    public RelatedItems relate(Interactions interactions, BooleanSupplier cancelled) {
        int items = interactions.items().size();
        Runnable check =
                () -> {
                    if (cancelled.getAsBoolean()) {
                        throw new CancellationException("relating the items was cancelled");
                    }
                };
        Incidence byUser = Incidence.of(interactions, parameters.mostItemsPerUser(), check);
        Incidence byItem = byUser.transposed(items, check);
        RelatedPart[] parts = new RelatedPart[(items + ITEMS_PER_TURN - 1) / ITEMS_PER_TURN];
        loop.run(
                parts.length,
                () -> {
                    PairCounter counter = new PairCounter(byUser, byItem, parameters, check);
                    return turn -> {
                        int from = turn * ITEMS_PER_TURN;
                        int to = Math.min(from + ITEMS_PER_TURN, items);
                        parts[turn] = counter.relate(from, to);
                    };
                });
        return RelatedPart.joined(interactions.items(), parts);
    }
}
