package dev.persona.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/** What is done to the cluster while events stream in. */
enum Disruption {
    /** kill -9 of the node that has the primary shard of the events, and follows it. */
    KILL_PRIMARY("kill -9 of the primary's node", true),
    /** kill -9 of another one, which only coordinates calls or holds copies. */
    KILL_OTHER("kill -9 of another node", true),
    /** kill -9 of all nodes. */
    KILL_ALL("kill -9 of all nodes", true),
    /** The events index takes no writes, as when a disk is full. */
    BLOCK_EVENTS("events read-only", false),
    /** The profiles index takes no writes. */
    BLOCK_PROFILES("profiles read-only", false),
    /** One node after the other is stopped in good order and started again. */
    ROLLING_RESTART("rolling restart", false);

    private static final List<Disruption> KILLS = List.of(KILL_PRIMARY, KILL_OTHER, KILL_ALL);
    private static final List<Disruption> BLOCKS = List.of(BLOCK_EVENTS, BLOCK_PROFILES);

    /** With fewer kills there is no rolling restart: it takes as long as three of them. */
    private static final int KILLS_FOR_RESTART = 5;

    private final String words;
    private final boolean kill;

    Disruption(String words, boolean kill) {
        this.words = words;
        this.kill = kill;
    }

    /** Whether it ends nodes by kill -9. */
    boolean isKill() {
        return kill;
    }

    /**
     * The order of events: kills of each kind in turn, a read-only index after every kill of the
     * first two kinds, each block at least once, and a rolling restart in the middle.
     */
    static List<Disruption> plan(int kills) {
        List<Disruption> plan = new ArrayList<>();
        int blocks = 0;
        for (int k = 0; k < kills; k++) {
            if (k == kills / 2 && kills >= KILLS_FOR_RESTART) {
                plan.add(ROLLING_RESTART);
            }
            plan.add(KILLS.get(k % KILLS.size()));
            if (k % KILLS.size() < BLOCKS.size()) {
                plan.add(BLOCKS.get(blocks++ % BLOCKS.size()));
            }
        }
        while (blocks < BLOCKS.size()) {
            plan.add(BLOCKS.get(blocks++));
        }
        return plan;
    }

    @Override
    public String toString() {
        return words;
    }
}
