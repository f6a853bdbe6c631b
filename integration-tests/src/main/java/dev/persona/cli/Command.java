package dev.persona.cli;

import java.util.List;

/** One command of the {@code persona} script. */
@FunctionalInterface
interface Command {

    /** It did what it was asked. */
    int DONE = 0;

    /** It could not. */
    int FAILED = 1;

    /** It was called wrongly. */
    int MISUSED = 2;

    /**
     * Runs the command.
     *
     * @param arguments what follows the command's name
     * @return exit code
     * @throws UsageException when it does not understand the arguments
     */
    int run(List<String> arguments);
}
