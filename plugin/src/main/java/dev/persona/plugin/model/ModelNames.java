package dev.persona.plugin.model;

import dev.persona.profiling.json.InvalidFieldException;

import java.util.regex.Pattern;

/** What a ranking model may be called. */
final class ModelNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private ModelNames() {}

    /**
     * Refuses a bad name.
     *
     * @throws InvalidFieldException saying what would be right
     */
    static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidFieldException(
                    "model",
                    "must be 1 to 64 lower-case letters, digits, _ or -, was [" + name + "]");
        }
    }
}
