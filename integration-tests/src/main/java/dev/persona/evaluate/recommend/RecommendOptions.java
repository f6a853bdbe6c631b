package dev.persona.evaluate.recommend;

import dev.persona.evaluate.history.Columns;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What {@code evaluate recommend} measures.
 *
 * @param data file of events
 * @param columns which column tells what; empty for the Online Retail data set
 * @param cut what is bought from this day on, by UTC, is to be foretold
 * @param tuningCut earlier cut that parameters are chosen on; judged on what is bought from then
 *     until the cut
 * @param halfLives that are tried, in days
 * @param clients how many requests are under way at a time
 */
public record RecommendOptions(
        Path data,
        Optional<Columns> columns,
        LocalDate cut,
        LocalDate tuningCut,
        List<Integer> halfLives,
        int clients) {

    /** The cut that the targets are for. */
    public static final LocalDate USUAL_CUT = LocalDate.of(2011, 11, 1);

    /** The half-lives that are tried when nothing is said. */
    public static final List<Integer> USUAL_HALF_LIVES = List.of(90);

    /** How many clients there are when nothing is said. */
    public static final int USUAL_CLIENTS = 2;

    private static final int MOST_CLIENTS = 4;

    /**
     * Checks what is asked.
     *
     * @throws IllegalArgumentException when it cannot be measured so
     */
    public RecommendOptions {
        if (!tuningCut.isBefore(cut)) {
            throw new IllegalArgumentException(
                    "--tuning-cut must be before the cut %s, or the parameters would be fitted to"
                                    .formatted(cut)
                            + " what is measured, was "
                            + tuningCut);
        }
        if (halfLives.isEmpty()) {
            throw new IllegalArgumentException("needs a half-life to try");
        }
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new IllegalArgumentException(
                    "--clients must be between 1 and %d, was %d".formatted(MOST_CLIENTS, clients));
        }
        halfLives = List.copyOf(halfLives);
    }
}
