package dev.persona.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the demo is told.
 *
 * @param node where the node listens
 * @param index name of the product index, made anew by each run
 * @param data a file of real purchases; empty for the generated shop
 * @param cut with real purchases: what is bought from this day on is measured, never sent
 * @param seed the same seed gives the same shop and sessions
 * @param shards primary shards of the product index
 * @param size of the generated shop
 */
public record DemoOptions(
        URI node,
        String index,
        Optional<Path> data,
        LocalDate cut,
        long seed,
        int shards,
        Size size) {

    /**
     * How large the generated shop is.
     *
     * @param products how many products
     * @param users how many users
     * @param sessions how many training sessions
     * @param heldOut how many sessions to measure on
     */
    public record Size(int products, int users, int sessions, int heldOut) {}

    private static final Size USUAL = new Size(5000, 2000, 18_000, 1000);

    /** What holds where nothing is said, for a node that listens on a port of this machine. */
    public static DemoOptions defaults(int port) {
        return new DemoOptions(
                URI.create("http://127.0.0.1:" + port),
                "products",
                Optional.empty(),
                LocalDate.of(2011, 11, 1),
                1,
                1,
                USUAL);
    }

    /** The same on another node. */
    public DemoOptions at(URI otherNode) {
        return new DemoOptions(otherNode, index, data, cut, seed, shards, size);
    }
}
