package dev.persona.cli;

import dev.persona.local.Checkout;
import dev.persona.local.KeptCluster;
import dev.persona.local.LocalCluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code persona status}: what runs, and how it is. */
final class StatusCommand {

    /** As service managers have it. */
    private static final int NOT_RUNNING = 3;

    private StatusCommand() {}

    static int run(List<String> arguments) {
        Options.parse(arguments, Set.of(), Set.of());
        Optional<LocalCluster> started = new KeptCluster(Checkout.locate()).started();
        started.ifPresent(StatusCommand::print);
        int alive = started.map(LocalCluster::aliveNodes).orElse(0);
        if (alive == 0) {
            System.out.println("Not running.");
            return NOT_RUNNING;
        }
        LocalCluster cluster = started.get();
        String health =
                cluster.health()
                        .map(h -> "%s, nodes in the cluster: %d".formatted(h.status(), h.nodes()))
                        .orElse("does not answer");
        System.out.printf(
                "health: %s; running: %d of %d; heap %s%n",
                health, alive, cluster.nodes(), cluster.heap());
        return alive == cluster.nodes() ? Command.DONE : Command.FAILED;
    }

    private static void print(LocalCluster cluster) {
        for (int i = 0; i < cluster.nodes(); i++) {
            System.out.printf(
                    "%s  %s  %s  log %s%n",
                    cluster.name(i),
                    cluster.alive(i) ? "pid " + cluster.pid(i) : "has ended",
                    cluster.uri(i),
                    cluster.log(i));
        }
    }
}
