package dev.persona.demo.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows that something is going on. On a terminal a step is one line that is written over;
 * elsewhere it is a line every other second. Each step ends with a line that says how long it took.
 */
public final class Progress {

    private static final long TERMINAL_PERIOD = 200;
    private static final long PLAIN_PERIOD = 2000;

    private final PrintStream out;
    private final boolean terminal;

    /**
     * @param out where to print
     * @param terminal whether a line can be written over there
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Starts a step whose size is known.
     *
     * @param name such as "indexing products"
     * @param total how much there is to do
     * @param unit such as "products"
     */
    public Step step(String name, long total, String unit) {
        return new Step(name, total, unit);
    }

    /** Starts a step whose size is not known: only the time is shown. */
    public Step step(String name) {
        return new Step(name, 0, "");
    }

    /** Something that is going on. Safe for use by several threads. */
    public final class Step implements AutoCloseable {

        private final String name;
        private final long total;
        private final String unit;
        private final long start = System.nanoTime();
        private final AtomicLong done = new AtomicLong();
        private final Thread ticker;
        private volatile boolean finished;

        private Step(String name, long total, String unit) {
            this.name = name;
            this.total = total;
            this.unit = unit;
            this.ticker = Thread.ofVirtual().start(this::tick);
        }

        /** Adds to what is done. */
        public void advance(long count) {
            done.addAndGet(count);
        }

        /** Says how much is done by now. */
        public void reach(long count) {
            done.set(count);
        }

        /**
         * Ends the step well.
         *
         * @param outcome what came of it, such as "6,000 products"
         */
        public void finish(String outcome) {
            finished = true;
            stopTicking();
            print(String.format(Locale.ROOT, "  %s: %s in %.1f s", name, outcome, seconds()), true);
        }

        /** Ends the step if it has not been finished: something went wrong. */
        @Override
        public void close() {
            if (!finished) {
                finished = true;
                stopTicking();
                print(String.format(Locale.ROOT, "  %s: failed", name), true);
            }
        }

        private void stopTicking() {
            ticker.interrupt();
            try {
                ticker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void tick() {
            try {
                while (!finished) {
                    Thread.sleep(terminal ? TERMINAL_PERIOD : PLAIN_PERIOD);
                    print(current(), false);
                }
            } catch (InterruptedException e) {
                // The step is over; its own thread prints the last line.
                Thread.currentThread().interrupt();
            }
        }

        private String current() {
            String amount = "";
            if (total > 0) {
                amount = String.format(Locale.ROOT, " %,d of %,d %s", done.get(), total, unit);
            }
            return String.format(Locale.ROOT, "  %s ...%s (%.0f s)", name, amount, seconds());
        }

        private double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }

        private void print(String line, boolean last) {
            synchronized (out) {
                if (terminal) {
                    out.print("\r\033[K" + line + (last ? System.lineSeparator() : ""));
                    out.flush();
                } else {
                    out.println(line);
                }
            }
        }
    }
}
