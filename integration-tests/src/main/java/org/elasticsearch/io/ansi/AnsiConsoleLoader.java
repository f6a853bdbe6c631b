package org.elasticsearch.io.ansi;

import org.elasticsearch.bootstrap.ConsoleLoader.Console;

import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * Gives a node its console: plain standard output. Elasticsearch loads a class of this very name
 * from {@code lib/tools/ansi-console}; the jar of the distribution is not published.
 */
public final class AnsiConsoleLoader implements Supplier<Console> {

    private static final int WIDTH = 80;

    /** Called by Elasticsearch. */
    public AnsiConsoleLoader() {}

    @Override
    public Console get() {
        return new Console(System.out, () -> WIDTH, false, Charset.defaultCharset());
    }
}
