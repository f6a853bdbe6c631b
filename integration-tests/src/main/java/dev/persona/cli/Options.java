package dev.persona.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The options a command was called with: {@code --port 9200}, {@code --port=9200}, {@code --clean}.
 */
public final class Options {

    private final Map<String, String> values;
    private final Set<String> flags;

    private Options(Map<String, String> values, Set<String> flags) {
        this.values = values;
        this.flags = flags;
    }

    /**
     * Reads the arguments of a command.
     *
     * @param valued names of the options that take a value, without the dashes
     * @param flags names of those that take none
     * @throws UsageException for anything else, naming what is known
     */
    public static Options parse(
            List<String> arguments, Collection<String> valued, Collection<String> flags) {
        Map<String, String> values = new HashMap<>();
        Set<String> set = new HashSet<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            String name = option.startsWith("--") ? option.substring(2) : "";
            if (valued.contains(name)) {
                if (equals < 0 && rest.hasNext() == false) {
                    throw new UsageException(option + " needs a value");
                }
                values.put(name, equals < 0 ? rest.next() : argument.substring(equals + 1));
            } else if (flags.contains(name) && equals < 0) {
                set.add(name);
            } else if (flags.contains(name)) {
                throw new UsageException(option + " takes no value");
            } else {
                throw new UsageException(
                        "unknown option [%s]; %s".formatted(argument, known(valued, flags)));
            }
        }
        return new Options(values, set);
    }

    private static String known(Collection<String> valued, Collection<String> flags) {
        Set<String> names = new TreeSet<>(valued);
        names.addAll(flags);
        return names.isEmpty()
                ? "there is none"
                : names.stream()
                        .map(name -> "--" + name)
                        .collect(Collectors.joining(", ", "known: ", ""));
    }

    /** Whether an option without a value was given. */
    public boolean flag(String name) {
        return flags.contains(name);
    }

    /** The value of an option, if it was given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * The value of an option as a whole number.
     *
     * @param otherwise what holds when it was not given
     * @throws UsageException when it is no number
     */
    public int number(String name, int otherwise) {
        return value(name, Integer::parseInt, "a whole number", otherwise);
    }

    /**
     * The value of an option as a day.
     *
     * @param otherwise what holds when it was not given
     * @throws UsageException when it is none
     */
    public LocalDate day(String name, LocalDate otherwise) {
        return value(name, Options::day, "a day such as 2011-11-01", otherwise);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The value of an option, read in a form of its own.
     *
     * @param read throws an IllegalArgumentException for what it does not understand
     * @param form how the value should look, for the message
     * @param otherwise what holds when it was not given
     * @throws UsageException when it cannot be read
     */
    public <T> T value(String name, Function<String, T> read, String form, T otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--%s takes %s, was [%s]".formatted(name, form, text));
        }
    }
}
