package dev.persona.plugin.signal;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.identity.Merges;
import dev.persona.plugin.loading.GrowingMemory;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.task.IndexScan;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.factorization.Interactions;
import dev.persona.ranking.signal.ItemBehaviour;
import dev.persona.ranking.signal.SignalBuilder;
import dev.persona.ranking.signal.SignalSums;
import dev.persona.ranking.signal.TrainingWindow;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.Client;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers from all shards of a catalog's events what factors are learned from. The events of ids
 * that were merged into a user are that user's. Waits for the shards, so it is for the threads of
 * jobs only.
 *
 * <p>Answers are added up in the order of the shards, in whatever order they come, as sums of
 * floating point numbers depend on it.
 */
public final class SignalGathering {
    private static final String PHASE = "reading events";

    private final Client client;
    private final Catalogs catalogs;
    private final Memory memory;

    /**
     * Gathers on behalf of whom the client acts for.
     *
     * @param memory where what it takes up meanwhile is taken from
     */
    public SignalGathering(Client client, Catalogs catalogs, Memory memory) {
        this.client = client;
        this.catalogs = catalogs;
        this.memory = memory;
    }

    /**
     * What was gathered.
     *
     * @param interactions of users with items
     * @param behaviour of users as a whole towards each item
     */
    public record Gathered(Interactions interactions, ItemBehaviour behaviour) {}

    /**
     * Gathers.
     *
     * @param window says which events count, and how they fade
     * @param now time in milliseconds since 1970 that weights are decayed to
     * @param job told how many of the shards are done; stops when it is cancelled
     */
    public Gathered gather(Catalog catalog, TrainingWindow window, long now, JobTask job) {
        Merges merges = Merges.read(new IndexScan(client), catalog.name(), job, PHASE);
        try (GrowingMemory taken =
                new GrowingMemory(memory, "signals of [" + catalog.name() + "]")) {
            List<PlainActionFuture<SignalSums>> shards = ask(catalog, window, now, taken);
            SignalBuilder signals =
                    new SignalBuilder(catalog.settings().rules(), window, now, taken);
            for (int shard = 0; shard < shards.size(); shard++) {
                job.progress(PHASE, shard, shards.size());
                SignalSums sums = shards.set(shard, new PlainActionFuture<>()).actionGet();
                signals.add(sums, merges::user);
                taken.accept(-sums.bytes());
            }
            job.progress(PHASE, shards.size(), shards.size());
            return new Gathered(signals.interactions(), signals.behaviour());
        }
    }

    private List<PlainActionFuture<SignalSums>> ask(
            Catalog catalog, TrainingWindow window, long now, GrowingMemory taken) {
        List<PlainActionFuture<SignalSums>> shards = new ArrayList<>();
        for (int shard = 0; shard < catalogs.eventShards(catalog.name()); shard++) {
            PlainActionFuture<SignalSums> sums = new PlainActionFuture<>();
            client.execute(
                    GatherSignalsAction.TYPE,
                    new GatherSignalsRequest(catalog.name(), shard, window, now),
                    ActionListener.<GatherSignalsResponse>wrap(
                            answer -> {
                                taken.accept(answer.sums().bytes());
                                sums.onResponse(answer.sums());
                            },
                            sums::onFailure));
            shards.add(sums);
        }
        return shards;
    }
}
