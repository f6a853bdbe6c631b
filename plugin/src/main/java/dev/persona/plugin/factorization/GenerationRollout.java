package dev.persona.plugin.factorization;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.catalog.UpdateCatalogAction;
import dev.persona.plugin.follower.WrittenProfiles;
import dev.persona.plugin.generation.GenerationStore;
import dev.persona.plugin.generation.InterestVectors;
import dev.persona.plugin.generation.LearnedItems;
import dev.persona.plugin.item.ItemSweep;
import dev.persona.plugin.profile.ProfileSweep;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a generation to use: stores it, announces it, fills the idle slot of products and profiles,
 * and switches. Until the switch the old one serves; what fails on the way is taken back.
 */
final class GenerationRollout {
    private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(10);

    private final Client client;
    private final Catalogs catalogs;
    private final Catalog catalog;
    private final Catalog.Generation generation;
    private final JobTask task;

    GenerationRollout(
            Client client,
            Catalogs catalogs,
            Catalog catalog,
            Catalog.Generation generation,
            JobTask task) {
        this.client = client;
        this.catalogs = catalogs;
        this.catalog = catalog;
        this.generation = generation;
        this.task = task;
    }

    /**
     * What the generation has reached.
     *
     * @param products that it is written into
     * @param users who have an interest vector
     */
    record Reached(long products, long users) {}

    /**
     * Takes the number of the generation, which nothing had before, whatever became of earlier
     * trainings: nodes may hold what those have left.
     */
    void begin() {
        change(client, Catalog.begin(generation));
    }

    /** Stores the generation and puts it to use. */
    Reached run(LearnedItems items, ObjectNode card) {
        GenerationStore store = new GenerationStore(client);
        task.progress("storing", 0, 1);
        store.store(catalog.name(), generation.number(), items, card);
        // From here on whoever writes a profile folds it in for this generation too.
        change(client, Catalog.announce(generation));
        Reached reached;
        try {
            reached = fill(items);
            task.progress("switching", 0, 1);
            change(client, Catalog.use(generation));
        } catch (RuntimeException e) {
            withdraw(e);
            throw e;
        }
        task.progress("cleaning up", 0, 1);
        store.removeOthers(
                catalog.name(),
                Stream.concat(catalog.factors().stream(), Stream.of(generation))
                        .map(Catalog.Generation::number)
                        .collect(Collectors.toSet()));
        return reached;
    }

    private void withdraw(RuntimeException cause) {
        // Not as a child of the job's task: a cancelled one may send nothing any more.
        Client free = client instanceof ParentTaskAssigningClient of ? of.unwrap() : client;
        try {
            change(free, Catalog.withdraw(generation));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void change(Client by, Map<String, String> change) {
        UpdateCatalogAction.change(by, catalog.name(), change);
    }

    private Reached fill(LearnedItems items) {
        fillProducts(items);
        // Who began to write a profile before the generation was announced is done then. And a
        // user who is in memory of a follower only has no document to write a vector into.
        WrittenProfiles.await(client, catalogs, catalog.name(), PATIENCE);
        new ProfileSweep(
                        client,
                        catalog,
                        (done, total) -> task.progress("writing interest vectors", done, total),
                        document ->
                                Optional.of(
                                        InterestVectors.fold(
                                                items,
                                                generation,
                                                document,
                                                client.threadPool().absoluteTimeInMillis())))
                .run(QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery("merged_into")));
        // What the shop has changed or added meanwhile.
        fillProducts(items);
        // Refreshes both, which searches need to see what was written.
        IndexScan scan = new IndexScan(client);
        return new Reached(
                scan.count(
                        catalog.name(),
                        QueryBuilders.termQuery(
                                Catalog.itemGenerationField(generation.slot()),
                                generation.number())),
                scan.count(
                        CompanionIndices.profiles(catalog.name()),
                        QueryBuilders.existsQuery(Catalog.interestVectorField(generation.slot()))));
    }

    private void fillProducts(LearnedItems items) {
        new ItemSweep(client, catalog)
                .run(
                        generation,
                        items,
                        (done, total) -> task.progress("writing item vectors", done, total));
    }
}
