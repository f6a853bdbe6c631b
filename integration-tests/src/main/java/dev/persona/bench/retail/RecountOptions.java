package dev.persona.bench.retail;

import java.nio.file.Path;

/**
 * What is recounted.
 *
 * @param data the file of the Online Retail data set, plain or gzipped
 * @param seed what the order of delivery and the repeats are drawn from
 * @param clients threads that send
 */
public record RecountOptions(Path data, long seed, int clients) {

    /** Where the file is looked for when nothing is said, seen from the checkout. */
    public static final String USUAL_DATA = "../shared/data/online-retail/online_retail.csv.gz";

    /** What holds when nothing is said. */
    public static RecountOptions of(Path data) {
        return new RecountOptions(data, 1, 4);
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when nobody would send
     */
    public RecountOptions {
        if (clients < 1) {
            throw new IllegalArgumentException("needs at least 1 client, was " + clients);
        }
    }
}
