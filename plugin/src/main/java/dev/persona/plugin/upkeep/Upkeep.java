package dev.persona.plugin.upkeep;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.ItemMapping;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.identity.UnfinishedMerges;
import dev.persona.plugin.item.ItemSweep;
import dev.persona.plugin.segment.DerivedFields;
import dev.persona.plugin.segment.LoadedSegments;
import dev.persona.plugin.segmentation.SegmentSweep;
import dev.persona.profiling.segment.SegmentModel;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of one catalog's upkeep, in their order. Each may fail without the others: what it left
 * undone is found again by the next run.
 *
 * <p>Waits for other actions. Not safe for use by several threads.
 */
final class Upkeep {
    /** How long followers may take to come to what is stored now. */
    static final TimeValue PATIENCE = TimeValue.timeValueMinutes(2);

    private static final Logger logger = LogManager.getLogger(Upkeep.class);

    private final String catalogName;
    private final Client client;
    private final Catalogs catalogs;
    private final LoadedGenerations generations;
    private final LoadedSegments segments;
    private final DerivedFields derived;
    private final Lease lease;
    private final UpkeepCounters counters;
    private final Set<String> failing = new HashSet<>();

    Upkeep(
            String catalogName,
            Client client,
            Catalogs catalogs,
            LoadedGenerations generations,
            LoadedSegments segments,
            DerivedFields derived,
            Lease lease,
            UpkeepCounters counters) {
        this.catalogName = catalogName;
        this.client = client;
        this.catalogs = catalogs;
        this.generations = generations;
        this.segments = segments;
        this.derived = derived;
        this.lease = lease;
        this.counters = counters;
    }

    /** Does all that is due now; nothing when there is no such catalog. */
    void run() {
        long started = client.threadPool().absoluteTimeInMillis();
        step(
                "removing expired events",
                catalog ->
                        counters.eventsExpired(
                                new ExpiredEvents(client, catalogs, lease).remove(catalog)));
        step(
                "removing expired tombstones",
                catalog ->
                        counters.tombstonesExpired(
                                new ExpiredTombstones(client, lease).remove(catalog)));
        step("finishing merges", catalog -> counters.mergesFinished(finishMerges(catalog)));
        step(
                "computing the population",
                catalog -> {
                    if (new PopulationCount(client, lease).update(catalog)) {
                        counters.populationChanged();
                    }
                });
        step(
                "giving tags",
                catalog ->
                        counters.profilesTagged(
                                new TagSweep(client, catalogs, lease).run(catalog)));
        step("giving segments", catalog -> counters.profilesSegmented(giveSegments(catalog)));
        step(
                "giving products their vectors",
                catalog -> counters.productsFilled(fillProducts(catalog)));
        long now = client.threadPool().absoluteTimeInMillis();
        counters.ran(now, now - started);
    }

    private long finishMerges(Catalog catalog) {
        String uuid = catalogs.eventsShard(catalogName, 0).getIndex().getUUID();
        return new UnfinishedMerges(client, catalog, uuid).finish(lease::check);
    }

    private long giveSegments(Catalog catalog) {
        if (catalog.segments().isEmpty()) {
            return 0;
        }
        PlainActionFuture<SegmentModel> model = new PlainActionFuture<>();
        segments.load(catalog, model);
        return new SegmentSweep(client, catalogs, derived, PATIENCE)
                .run(catalog, model.actionGet(PATIENCE), (done, total) -> lease.check());
    }

    /** Those that the nodes have not noticed, as after a restart. */
    private long fillProducts(Catalog catalog) {
        if (catalog.factors().isEmpty()) {
            return 0;
        }
        ItemMapping.complete(client, catalogs, catalog);
        PlainActionFuture<LearnedItems> items = new PlainActionFuture<>();
        generations.load(catalog, catalog.factors().get(), items);
        return new ItemSweep(client, catalog)
                .run(
                        catalog.factors().get(),
                        items.actionGet(PATIENCE),
                        (done, total) -> lease.check());
    }

    private interface Step {
        void run(Catalog catalog);
    }

    /** Each step sees the catalog as the one before has left it. */
    private void step(String name, Step step) {
        Optional<Catalog> catalog = catalogs.find(catalogName);
        if (catalog.isEmpty() || lease.isOver()) {
            return;
        }
        try {
            step.run(catalog.get());
            failing.remove(name);
        } catch (RuntimeException e) {
            if (lease.isOver() || catalogs.find(catalogName).isEmpty()) {
                return;
            }
            counters.stepFailed();
            if (failing.add(name)) {
                logger.warn(
                        "{} of [{}] has failed and will be tried again: {}",
                        name,
                        catalogName,
                        ElasticsearchException.getExceptionName(ExceptionsHelper.unwrapCause(e)));
                // Says which document it was, which may be that of a user.
                logger.debug("upkeep has failed", e);
            }
        }
    }
}
