package dev.persona.bench.events;

import dev.persona.bench.Figures;
import dev.persona.local.Checkout;
import dev.persona.local.HeapSize;
import dev.persona.local.LocalCluster;
import dev.persona.local.LocalClusterBuilder;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The node that {@code bench events} runs on, and the recording of where its time goes. */
public final class MeasuredNode {

    private static final HeapSize HEAP = new HeapSize(1024);

    private MeasuredNode() {}

    /**
     * Starts a node, measures, stops it.
     *
     * @param out where to print
     */
    public static Figures run(EventsBenchOptions options, PrintStream out) {
        LocalClusterBuilder builder = LocalCluster.builder().heap(HEAP).progress(out::println);
        Path recording =
                Checkout.locate().root().resolve("integration-tests/target/bench-events.jfr");
        if (options.profile()) {
            builder.jvmOption("--add-modules=jdk.jfr");
            builder.jvmOption(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                            + recording);
        }
        Figures figures;
        List<EventsBench.Span> spans;
        try (LocalCluster cluster = builder.start()) {
            EventsBench bench = new EventsBench(cluster, options, out);
            figures = bench.run();
            spans = bench.spans();
        }
        if (options.profile()) {
            CpuProfile.of(recording, spans, false).print("events", out);
            CpuProfile.of(recording, spans, true).print("plain _bulk", out);
            out.println("The recording is " + recording);
        }
        return figures;
    }
}
