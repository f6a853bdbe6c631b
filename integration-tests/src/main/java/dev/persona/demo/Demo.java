package dev.persona.demo;

import com.fasterxml.jackson.databind.JsonNode;

import dev.persona.client.ElasticsearchClient;
import dev.persona.demo.progress.DemoFailure;
import dev.persona.demo.progress.Progress;
import dev.persona.demo.progress.Terminal;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Runs the demo against a node that is up. Prints for people while it goes, and one line of JSON
 * with the figures at the end.
 */
public final class Demo {

    private final ElasticsearchClient client;
    private final DemoOptions options;
    private final PrintStream out;

    /**
     * @param client speaks to {@code options.node()}
     * @param out where to print
     */
    public Demo(ElasticsearchClient client, DemoOptions options, PrintStream out) {
        this.client = client;
        this.options = options;
        this.out = out;
    }

    /**
     * Runs the demo.
     *
     * @return the figures that were printed as the last line
     * @throws DemoFailure when it cannot go on
     */
    public JsonNode run() {
        Progress progress = new Progress(out, Terminal.present());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Stage stage = new Stage(client, options, out, progress, now);
        JsonNode line =
                options.data().isPresent()
                        ? new RetailDemo(stage, options.data().get()).run()
                        : new GeneratedDemo(stage).run();
        out.println(line);
        out.flush();
        return line;
    }
}
