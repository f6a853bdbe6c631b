package dev.persona.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what a node does in its own time. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Eventually() {}

    /** Asks until there is an answer; fails the test when there is none within a minute. */
    static <T> T get(String what, Supplier<Optional<T>> ask) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> answer = ask.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
        return fail("waited for " + PATIENCE.toSeconds() + " s: " + what);
    }

    /** Asks until it is so; fails the test when it is not within a minute. */
    static void isTrue(String what, BooleanSupplier ask) {
        get(what, () -> ask.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
