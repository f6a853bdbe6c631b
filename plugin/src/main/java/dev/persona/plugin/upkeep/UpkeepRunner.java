package dev.persona.plugin.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.LoadedSegments;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.threadpool.Scheduler;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Does the upkeep of one catalog again and again, never twice at a time. */
final class UpkeepRunner {
    private static final TimeValue FIRST = TimeValue.timeValueSeconds(10);
    private static final TimeValue SOON = TimeValue.timeValueMillis(100);

    private final String catalog;
    private final Catalogs catalogs;
    private final ThreadPool threadPool;
    private final Executor executor;
    private final TimeValue interval;
    private final Lease lease = new Lease();
    private final UpkeepCounters counters = new UpkeepCounters();
    private final Upkeep upkeep;

    // Guarded by this.
    private Optional<Scheduler.ScheduledCancellable> next = Optional.empty();
    private boolean running;
    private boolean askedMeanwhile;
    private Optional<Shape> shape = Optional.empty();

    UpkeepRunner(
            String catalog,
            Catalogs catalogs,
            LoadedGenerations generations,
            LoadedSegments segments,
            DerivedFields derived,
            Client client,
            ThreadPool threadPool,
            Executor executor,
            TimeValue interval) {
        this.catalog = catalog;
        this.catalogs = catalogs;
        this.threadPool = threadPool;
        this.executor = executor;
        this.interval = interval;
        this.upkeep =
                new Upkeep(
                        catalog, client, catalogs, generations, segments, derived, lease, counters);
    }

    /** What has to be brought to all documents when it changes. */
    private record Shape(
            ObjectNode rules, Optional<Catalog.Generation> factors, List<String> products) {}

    /** Runs for the first time shortly: what was due may be due for long. */
    synchronized void start() {
        shape = currentShape();
        schedule(interval.compareTo(FIRST) < 0 ? interval : FIRST);
    }

    /** Stops; a request that is under way may still be answered. */
    synchronized void stop() {
        lease.end();
        next.ifPresent(Scheduler.Cancellable::cancel);
    }

    /** Runs at once when tag rules, factors, or the indices of the products are others. Quick. */
    synchronized void catalogMayHaveChanged() {
        Optional<Shape> now = currentShape();
        if (now.isPresent() && !now.equals(shape)) {
            boolean known = shape.isPresent();
            shape = now;
            if (known && running) {
                askedMeanwhile = true;
            } else if (known) {
                schedule(SOON);
            }
        }
    }

    private Optional<Shape> currentShape() {
        return catalogs.find(catalog)
                .map(
                        found ->
                                new Shape(
                                        found.tagging().rules().toJson(),
                                        found.factors(),
                                        catalogs.productIndices(catalog)));
    }

    private synchronized void schedule(TimeValue delay) {
        next.ifPresent(Scheduler.Cancellable::cancel);
        next = Optional.empty();
        if (lease.isOver()) {
            return;
        }
        try {
            next = Optional.of(threadPool.schedule(this::run, delay, executor));
        } catch (EsRejectedExecutionException e) {
            // The node is going.
            lease.end();
        }
    }

    private void run() {
        synchronized (this) {
            if (running || lease.isOver()) {
                return;
            }
            running = true;
        }
        try {
            upkeep.run();
        } finally {
            synchronized (this) {
                running = false;
                schedule(askedMeanwhile ? SOON : interval);
                askedMeanwhile = false;
            }
        }
    }

    void report(ObjectNode json) {
        counters.write(json);
    }
}
