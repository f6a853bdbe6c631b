package dev.persona.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waiting for something that cannot be waited for directly. */
final class Waiting {

    /** Nothing is said about a wait that is shorter. */
    private static final long SILENT_SECONDS = 2;

    private static final long REPORT_EVERY_SECONDS = 5;

    private Waiting() {}

    /**
     * Asks again and again.
     *
     * @return whether the answer was yes in time
     */
    static boolean until(Duration timeout, Duration poll, BooleanSupplier done) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (done.getAsBoolean() == false) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            try {
                Thread.sleep(poll);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        }
        return true;
    }

    /**
     * Asks again and again, and says so while it lasts: after two seconds, then every five.
     *
     * @param what is waited for, such as {@code the cluster of 3 nodes}
     * @param progress takes a line at a time
     * @return whether the answer was yes in time
     */
    static boolean until(
            Duration timeout, String what, Consumer<String> progress, BooleanSupplier done) {
        long start = System.nanoTime();
        long[] nextReport = {SILENT_SECONDS};
        return until(
                timeout,
                Duration.ofMillis(200),
                () -> {
                    if (done.getAsBoolean()) {
                        return true;
                    }
                    long waited = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                    if (waited >= nextReport[0]) {
                        progress.accept("waiting for %s (%d s)".formatted(what, waited));
                        nextReport[0] = waited - waited % REPORT_EVERY_SECONDS;
                        nextReport[0] += REPORT_EVERY_SECONDS;
                    }
                    return false;
                });
    }
}
