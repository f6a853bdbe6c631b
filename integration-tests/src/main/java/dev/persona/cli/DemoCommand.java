package dev.persona.cli;

import dev.persona.client.ElasticsearchClient;
import dev.persona.client.ElasticsearchClient.UnexpectedStatusException;
import dev.persona.demo.Demo;
import dev.persona.demo.DemoOptions;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.local.Checkout;
import dev.persona.local.HeapSize;
import dev.persona.local.KeptCluster;
import dev.persona.local.KeptCluster.Shape;
import dev.persona.local.LocalCluster;
import dev.persona.local.LocalClusterException;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code persona demo}: the main job once through, on a node that is started for it. */
final class DemoCommand {

    private static final HeapSize HEAP = new HeapSize(1024);

    private DemoCommand() {}

    static int run(List<String> arguments) {
        Options options =
                Options.parse(
                        arguments,
                        Set.of("data", "cut", "port", "seed", "index"),
                        Set.of("no-keep"));
        int port = options.number("port", Shape.DEFAULT.port());
        KeptCluster kept = new KeptCluster(Checkout.locate());
        // What is asked wrongly is said before anything is started.
        DemoOptions demo = demoOptions(options, port);
        boolean mine = kept.running().isEmpty();
        LocalCluster cluster = cluster(kept, port);
        try {
            try (ElasticsearchClient client = new ElasticsearchClient(cluster.uri(0))) {
                new Demo(client, demo.at(cluster.uri(0)), System.out).run();
            }
            return Command.DONE;
        } catch (DemoFailure | UnexpectedStatusException e) {
            throw new LocalClusterException(e.getMessage() + "; the log is " + cluster.log(0));
        } catch (UncheckedIOException e) {
            throw new LocalClusterException(
                    "the connection to the node broke: "
                            + e.getCause().getMessage()
                            + "; the log is "
                            + cluster.log(0));
        } finally {
            if (options.flag("no-keep") && mine) {
                kept.stop();
                System.err.println("Stopped the node, as --no-keep asked.");
            }
        }
    }

    private static LocalCluster cluster(KeptCluster kept, int port) {
        Optional<LocalCluster> running = kept.running();
        if (running.isPresent()) {
            Shape shape = new Shape(1, port, HEAP);
            if (kept.fits(running.get(), shape) == false) {
                throw new LocalClusterException(
                        "a cluster of other shape or older build is running"
                                + " (./persona status); ./persona stop first");
            }
            running.get().awaitUp();
            return running.get();
        }
        return kept.start(new Shape(1, port, HEAP), false, line -> System.err.println(line));
    }

    private static DemoOptions demoOptions(Options options, int port) {
        DemoOptions usual = DemoOptions.defaults(port);
        Optional<Path> data = options.text("data").map(Path::of);
        if (data.isPresent() && !Files.isReadable(data.get())) {
            throw new UsageException("--data: there is no file " + data.get());
        }
        return new DemoOptions(
                usual.node(),
                options.text("index").orElse(usual.index()),
                data,
                options.day("cut", usual.cut()),
                options.number("seed", (int) usual.seed()),
                usual.shards(),
                usual.size());
    }
}
