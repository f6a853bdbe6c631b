package dev.persona.cli;

import dev.persona.local.Checkout;
import dev.persona.local.KeptCluster;

import java.util.List;
import java.util.Set;

/** {@code persona stop}: ends what {@code persona start} started. */
final class StopCommand {

    private StopCommand() {}

    static int run(List<String> arguments) {
        Options.parse(arguments, Set.of(), Set.of());
        boolean stopped = new KeptCluster(Checkout.locate()).stop();
        System.out.println(stopped ? "Stopped. The data is kept." : "Nothing was running.");
        return Command.DONE;
    }
}
