package dev.persona.profiling.profile;

import dev.persona.profiling.json.InvalidFieldException;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the values of a population are cut into fifths.
 *
 * @param values four numbers, ascending: the 20, 40, 60 and 80 % percentiles; none when there is
 *     nobody to compare with
 */
public record Boundaries(List<Double> values) {
    /** Nobody to compare with. */
    public static final Boundaries NONE = new Boundaries(List.of());

    private static final int FIFTHS = 5;

    /**
     * Copies the values.
     *
     * @throws InvalidFieldException when they are not four ascending numbers, or none
     */
    public Boundaries {
        values = List.copyOf(values);
        if (!values.isEmpty() && values.size() != FIFTHS - 1) {
            throw new InvalidFieldException(
                    "boundaries", "must be " + (FIFTHS - 1) + " numbers, was " + values);
        }
        for (int i = 1; i < values.size(); i++) {
            if (!(values.get(i - 1) <= values.get(i))) {
                throw new InvalidFieldException("boundaries", "must ascend, was " + values);
            }
        }
    }

    /**
     * The boundaries of a population by nearest rank: the p % percentile of n values is the one in
     * place ceil(n * p / 100), counted from the smallest, from 1.
     */
    public static Boundaries of(double[] population) {
        if (population.length == 0) {
            return NONE;
        }
        double[] sorted = population.clone();
        Arrays.sort(sorted);
        Double[] values = new Double[FIFTHS - 1];
        for (int i = 1; i < FIFTHS; i++) {
            long rank = ((long) sorted.length * i + FIFTHS - 1) / FIFTHS;
            values[i - 1] = sorted[(int) rank - 1];
        }
        return new Boundaries(List.of(values));
    }

    /** One more than the number of boundaries that a value is above; empty without boundaries. */
    public OptionalInt score(double value) {
        if (values.isEmpty()) {
            return OptionalInt.empty();
        }
        int score = 1;
        for (double boundary : values) {
            score += value > boundary ? 1 : 0;
        }
        return OptionalInt.of(score);
    }
}
