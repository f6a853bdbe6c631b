package dev.persona.demo.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same to each of several parts, a few at a time. */
public final class Workers {

    private Workers() {}

    /**
     * Runs the work for each part and waits for all of it.
     *
     * @param threads how many parts are worked on at a time
     * @return the results in the order of the parts
     * @throws RuntimeException the first failure, as it was thrown; work not yet begun is left
     */
    public static <P, R> List<R> each(List<P> parts, int threads, Function<P, R> work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<R>> pending = new ArrayList<>();
            for (P part : parts) {
                pending.add(pool.submit(() -> work.apply(part)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> result : pending) {
                results.add(finished(result, pool));
            }
            return results;
        }
    }

    private static <R> R finished(Future<R> result, ExecutorService pool) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            pool.shutdownNow();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Cuts a list into parts of a size; the last may be shorter. */
    public static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < all.size(); start += size) {
            parts.add(all.subList(start, Math.min(start + size, all.size())));
        }
        return parts;
    }
}
