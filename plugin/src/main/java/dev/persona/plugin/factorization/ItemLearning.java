package dev.persona.plugin.factorization;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.item.ItemDescriptions;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.coldstart.ColdStartModel;
import dev.persona.profiling.coldstart.ColdStartParameters;
import dev.persona.profiling.coldstart.ColdStartRegression;
import dev.persona.profiling.coldstart.ItemDescription;
import dev.persona.profiling.cooccurrence.CoOccurrence;
import dev.persona.profiling.cooccurrence.CoOccurrenceParameters;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.ranking.signal.ItemBehaviour;
import dev.persona.ranking.signal.ItemSignals;
import dev.persona.ranking.signal.TrainingWindow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * All that a generation learns of items besides their vectors: which are related, and which vectors
 * go with which descriptions. As part of a job.
 *
 * @param threads how many threads it may use
 * @param executor lends them
 */
record ItemLearning(Catalog catalog, IndexScan scan, JobTask task, int threads, Executor executor) {
    /** A description of an item while it is learned from, and what is stored of the item. */
    private static final long BYTES_PER_ITEM = 3_000;

    /** Two numbers of a related item, while they are found and joined. */
    private static final long BYTES_PER_RELATION = 16;

    /** About the bytes of heap that it takes, with storing what it finds. */
    static long bytes(Interactions interactions) {
        return interactions.items().size()
                * (BYTES_PER_ITEM
                        + BYTES_PER_RELATION * CoOccurrenceParameters.DEFAULT.mostRelated());
    }

    LearnedItems learn(
            Interactions interactions,
            FactorModel factors,
            TrainingWindow window,
            ItemBehaviour behaviour) {
        task.progress("relating items", 0, 1);
        CoOccurrence coOccurrence =
                new CoOccurrence(CoOccurrenceParameters.DEFAULT, threads, executor);
        return new LearnedItems(
                new ItemSignals(factors.itemFactors(), window, behaviour),
                coOccurrence.relate(interactions, task::isCancelled),
                coldStart(interactions, factors));
    }

    private Optional<ColdStartModel> coldStart(Interactions interactions, FactorModel factors) {
        Map<String, ItemDescription> known =
                ItemDescriptions.read(
                        scan,
                        catalog,
                        id -> factors.items().indexOf(id) >= 0,
                        (done, total) -> task.progress("reading products", done, total));
        if (known.size() < ColdStartRegression.FEWEST_ITEMS) {
            return Optional.empty();
        }
        task.progress("learning cold starts", 0, 1);
        List<String> ids = new ArrayList<>(known.keySet());
        ids.sort(null);
        int f = factors.factors();
        List<ItemDescription> descriptions = new ArrayList<>(ids.size());
        float[] vectors = new float[ids.size() * f];
        float[] users = new float[ids.size()];
        Interactions byItem = interactions.transposed();
        for (int i = 0; i < users.length; i++) {
            int item = factors.items().indexOf(ids.get(i));
            descriptions.add(known.get(ids.get(i)));
            System.arraycopy(factors.itemVectors(), item * f, vectors, i * f, f);
            users[i] = byItem.itemsOf(item).length;
        }
        return Optional.of(
                new ColdStartRegression(ColdStartParameters.DEFAULT)
                        .learn(descriptions, vectors, f, users, task::isCancelled));
    }
}
