package dev.persona.plugin.rescore;

import java.util.Arrays;
import java.util.Locale;

/** What a search does for a user who has no profile. */
enum MissingProfile {
    /** Leaves the order as it was. */
    IGNORE,
    /** Fails. */
    FAIL;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MissingProfile of(String id) {
        return Arrays.stream(values())
                .filter(value -> value.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "[missing_profile] must be [ignore] or [fail], was ["
                                                + id
                                                + "]"));
    }
}
