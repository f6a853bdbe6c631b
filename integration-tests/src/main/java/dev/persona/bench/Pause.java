package dev.persona.bench;

import java.time.Duration;

/** Doing nothing for a while. */
public final class Pause {

    private Pause() {}

    /** Sleeps; nothing for a duration that is not above zero. */
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
