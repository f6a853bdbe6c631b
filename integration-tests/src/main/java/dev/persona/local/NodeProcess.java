package dev.persona.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A node's process as another run of this program finds it again. A process id alone is not enough,
 * since the system gives it out again: the time it started and a part of its command line must fit.
 *
 * @param pid process id
 * @param started when the process started
 * @param mark text that only this node's command line holds
 */
record NodeProcess(long pid, Instant started, String mark) {

    /** The system derives the start from the boot time, which shifts when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(50);

    /** An ended process that its parent never asks about stays in the table for ever. */
    private static final Duration REAPING = Duration.ofSeconds(1);

    /** The process that was just started. */
    static NodeProcess of(ProcessHandle handle, String mark) {
        // Absent only when the process has ended already; then nothing will be found anyway.
        Instant started = handle.info().startInstant().orElseGet(Instant::now);
        return new NodeProcess(handle.pid(), started, mark);
    }

    boolean alive() {
        return find().isPresent();
    }

    /** Asks the process to end, as {@code kill} does. */
    void terminate() {
        find().ifPresent(ProcessHandle::destroy);
    }

    /** Ends the process without asking it, as {@code kill -9} does. */
    void kill() {
        find().ifPresent(ProcessHandle::destroyForcibly);
    }

    /**
     * Waits for the process to end.
     *
     * @return whether it has
     */
    boolean awaitEnd(Duration timeout) {
        boolean ended = Waiting.until(timeout, POLL, () -> alive() == false);
        if (ended) {
            // A process that is ending loses its command line a little before it loses its ports.
            Waiting.until(REAPING, POLL, () -> ProcessHandle.of(pid).isEmpty());
        }
        return ended;
    }

    private Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(this::fits);
    }

    /** False for a process that has ended and waits for its parent: it has no command line. */
    private boolean fits(ProcessHandle handle) {
        ProcessHandle.Info info = handle.info();
        boolean sameStart =
                info.startInstant()
                        .map(start -> Duration.between(started, start).abs())
                        .filter(apart -> apart.compareTo(START_TOLERANCE) <= 0)
                        .isPresent();
        return sameStart && info.commandLine().filter(line -> line.contains(mark)).isPresent();
    }
}
