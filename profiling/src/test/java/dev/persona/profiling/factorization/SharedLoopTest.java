package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

class SharedLoopTest {
    @Test
    void eachTurnIsTakenOnceByOneThreadOrSeveral() {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int threads : new int[] {1, 2, 4}) {
                assertArrayEquals(ones(1000), turnsTaken(new SharedLoop(threads, pool), 1000));
            }
        }
    }

    @Test
    void itEndsWithoutHelpersThatNeverComeOrAreRefused() {
        Executor never = helper -> {};
        Executor refusing =
                helper -> {
                    throw new RejectedExecutionException("full");
                };

        assertArrayEquals(ones(100), turnsTaken(new SharedLoop(4, never), 100));
        assertArrayEquals(ones(100), turnsTaken(new SharedLoop(4, refusing), 100));
    }

    @Test
    void aLoopWithoutAThreadIsRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> new SharedLoop(0, Runnable::run));

        assertEquals("[threads] must be at least 1, was 0", e.getMessage());
    }

    @Test
    void thereMayBeNoTurns() {
        assertArrayEquals(ones(0), turnsTaken(new SharedLoop(2, Runnable::run), 0));
    }

    @Test
    void aFailureEndsItAndIsTheCallersWhoeverMetIt() {
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            SharedLoop loop = new SharedLoop(2, pool);

            IllegalStateException e =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    loop.run(
                                            1_000_000,
                                            () ->
                                                    turn -> {
                                                        taken.incrementAndGet();
                                                        throw new IllegalStateException("turn");
                                                    }));
            assertEquals("turn", e.getMessage());
        }
        assertTrue(taken.get() <= 2, "each thread stops at the first, were " + taken);
    }

    private static int[] turnsTaken(SharedLoop loop, int turns) {
        AtomicIntegerArray taken = new AtomicIntegerArray(turns);
        loop.run(turns, () -> taken::incrementAndGet);
        int[] result = new int[turns];
        Arrays.setAll(result, taken::get);
        return result;
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
