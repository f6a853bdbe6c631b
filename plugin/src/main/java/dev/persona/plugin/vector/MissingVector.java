package dev.persona.plugin.vector;

import java.util.Arrays;
import java.util.Locale;

/** What to do for a user who has no interest vector. */
enum MissingVector {
    /** Answer with 404. */
    FAIL,
    /** Go on with the mean of all item vectors. */
    AVERAGE;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MissingVector named(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "[missing_profile] must be fail or average, was ["
                                                + id
                                                + "]"));
    }
}
