package dev.persona.cli;

import dev.persona.local.LocalClusterException;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the {@code persona} script runs. */
public final class Persona {

    /**
     * The commands that are Java. Each has a help text beside this class, {@code <command>.txt},
     * which the script prints and from which it knows what commands there are.
     */
    static final Map<String, Command> COMMANDS =
            Map.of(
                    "bench", BenchCommand::run,
                    "demo", DemoCommand::run,
                    "evaluate", EvaluateCommand::run,
                    "start", StartCommand::run,
                    "stop", StopCommand::run,
                    "status", StatusCommand::run);

    private Persona() {}

    /** Runs the command that the first argument names, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        Command command = arguments.isEmpty() ? null : COMMANDS.get(arguments.get(0));
        if (command == null) {
            System.err.println("persona: known commands: " + new TreeSet<>(COMMANDS.keySet()));
            return Command.MISUSED;
        }
        try {
            return command.run(arguments.subList(1, arguments.size()));
        } catch (UsageException e) {
            System.err.printf("persona %s: %s%n", arguments.get(0), e.getMessage());
            System.err.printf("./persona help %s explains it.%n", arguments.get(0));
            return Command.MISUSED;
        } catch (LocalClusterException e) {
            System.err.printf("persona %s: %s%n", arguments.get(0), e.getMessage());
            return Command.FAILED;
        }
    }
}
