package dev.persona.cli;

import dev.persona.local.Checkout;
import dev.persona.local.HeapSize;
import dev.persona.local.KeptCluster;
import dev.persona.local.KeptCluster.Shape;
import dev.persona.local.LocalCluster;
import dev.persona.local.LocalClusterException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code persona start}: a local cluster that runs on when the command has ended. */
final class StartCommand {

    private StartCommand() {}

    static int run(List<String> arguments) {
        Options options =
                Options.parse(arguments, Set.of("nodes", "port", "heap"), Set.of("clean"));
        Shape shape = shape(options);
        KeptCluster cluster = new KeptCluster(Checkout.locate());
        Optional<LocalCluster> running = cluster.running();
        if (running.isPresent()) {
            return alreadyRunning(cluster, running.get(), shape, options.flag("clean"));
        }
        long start = System.nanoTime();
        LocalCluster started =
                cluster.start(shape, options.flag("clean"), line -> System.err.println(line));
        System.out.printf(
                "Elasticsearch %s with Persona %s is up after %d s.%n",
                Checkout.elasticsearchVersion(),
                Checkout.version(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        print(started);
        System.out.println("./persona status looks after it, ./persona stop ends it.");
        return Command.DONE;
    }

    private static Shape shape(Options options) {
        try {
            return new Shape(
                    options.number("nodes", Shape.DEFAULT.nodes()),
                    options.number("port", Shape.DEFAULT.port()),
                    options.value(
                            "heap",
                            HeapSize::parse,
                            "a size from 256m on, such as 512m or 1g",
                            Shape.DEFAULT.heap()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Asking for what is there is no mistake; asking for something else cannot be granted. */
    private static int alreadyRunning(
            KeptCluster cluster, LocalCluster running, Shape shape, boolean clean) {
        if (clean || cluster.fits(running, shape) == false) {
            throw new LocalClusterException(
                    "a cluster of other shape or older build is running"
                            + " (./persona status); ./persona stop first");
        }
        running.awaitUp();
        System.out.println("It is running already.");
        print(running);
        return Command.DONE;
    }

    private static void print(LocalCluster cluster) {
        for (int i = 0; i < cluster.nodes(); i++) {
            System.out.printf(
                    "  %s  %s  log %s%n", cluster.name(i), cluster.uri(i), cluster.log(i));
        }
    }
}
