package dev.persona.profiling.segment;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One segment of a model.
 *
 * @param name what it is called, "s" and a number from 1: the same over trainings as long as it is
 *     mostly the same users
 * @param label what a person calls it
 * @param size how many users of the training are in it
 */
public record Segment(String name, Optional<String> label, int size) {
    /** How many characters a label has at most. */
    public static final int MOST_LABEL_CHARACTERS = 100;

    private static final Pattern NAME = Pattern.compile("s[1-9][0-9]{0,8}");

    /**
     * @throws IllegalArgumentException when the name is none, the label is blank or too long, or
     *     the size negative
     */
    public Segment {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "[name] must be s and a number from 1, was [" + name + "]");
        }
        label.ifPresent(Segment::requireLabel);
        if (size < 0) {
            throw new IllegalArgumentException("[size] must be at least 0, was " + size);
        }
    }

    private static void requireLabel(String label) {
        if (label.isBlank() || label.length() > MOST_LABEL_CHARACTERS) {
            throw new IllegalArgumentException(
                    "[label] must be 1 to "
                            + MOST_LABEL_CHARACTERS
                            + " characters and not blank, had "
                            + label.length());
        }
    }

    static String named(int number) {
        return "s" + number;
    }

    /** The number in its name. */
    int number() {
        return Integer.parseInt(name.substring(1));
    }

    Segment withLabel(Optional<String> other) {
        return new Segment(name, other, size);
    }
}
