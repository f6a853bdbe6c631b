package dev.persona.profiling.factorization;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A loop whose turns are shared between the calling thread and helpers from an executor.
 *
 * <p>The caller works as well and never waits for a helper to begin, so the loop ends even where
 * the executor is full, or is the very pool that the caller runs on.
 *
 * @param threads number of threads that take part, with the caller, at least 1
 * @param executor runs threads - 1 helpers
 */
public record SharedLoop(int threads, Executor executor) {

    /**
     * @throws IllegalArgumentException if not even the caller may work
     */
    public SharedLoop {
        if (threads < 1) {
            throw new IllegalArgumentException("[threads] must be at least 1, was " + threads);
        }
        Objects.requireNonNull(executor, "executor");
    }

    /**
     * Runs turns 0 to turns - 1, each once, in any order.
     *
     * @param turns number of turns
     * @param workers makes what one thread runs its turns with
     * @throws RuntimeException the first that a turn ended in; turns not yet begun are left out
     */
    public void run(int turns, Supplier<IntConsumer> workers) {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(turns);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable participant =
                () -> {
                    IntConsumer worker = null;
                    for (int turn; (turn = next.getAndIncrement()) < turns; ) {
                        try {
                            if (failure.get() == null) {
                                worker = worker == null ? workers.get() : worker;
                                worker.accept(turn);
                            }
                        } catch (RuntimeException | Error e) {
                            failure.compareAndSet(null, e);
                        } finally {
                            open.countDown();
                        }
                    }
                };
        int helpers = Math.min(threads, turns) - 1;
        try {
            for (int helper = 0; helper < helpers; helper++) {
                executor.execute(participant);
            }
        } catch (RejectedExecutionException e) {
            // A full pool costs time, not the result: the caller takes the turns.
        }
        participant.run();
        awaitEnd(open);
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case Throwable exception -> throw (RuntimeException) exception;
        }
    }

    /** Helpers write into the caller's arrays: it may not leave before them, interrupted or not. */
    private static void awaitEnd(CountDownLatch open) {
        boolean interrupted = false;
        while (true) {
            try {
                open.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
