package dev.persona.plugin.upkeep;

import java.util.concurrent.CancellationException;

/** Says whether a runner may go on: as long as the shard it goes with is here. */
final class Lease {
    private volatile boolean over;

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /**
     * To be called often by whatever takes long.
     *
     * @throws CancellationException when the shard is gone
     */
    void check() {
        if (over) {
            throw new CancellationException("the shard is here no more");
        }
    }
}
