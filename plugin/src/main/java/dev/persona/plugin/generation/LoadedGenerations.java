package dev.persona.plugin.generation;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.loading.NeededValues;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterStateListener;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The generations that this node has in memory: of each catalog the one in use, and the one that is
 * about to be.
 */
public final class LoadedGenerations {
    private final Catalogs catalogs;
    private final NeededValues<Key, LearnedItems> generations;

    /** The uuid tells a catalog from an earlier one of the same name. */
    private record Key(String catalog, String uuid, int number) {
        @Override
        public String toString() {
            return "generation [%d] of the factors of [%s]".formatted(number, catalog);
        }
    }

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where generations are read and parsed
     */
    public LoadedGenerations(Client client, Catalogs catalogs, Memory memory, Executor executor) {
        this.catalogs = catalogs;
        GenerationStore store = new GenerationStore(client);
        this.generations =
                new NeededValues<>(
                        client,
                        catalogs,
                        executor,
                        this::living,
                        (key, listener) ->
                                store.read(
                                        key.catalog(), key.number(), memory, executor, listener));
    }

    /** Keeps up with which generations are living. */
    public ClusterStateListener listener() {
        return generations;
    }

    private List<Key> living(Catalog catalog) {
        return catalog.livingGenerations().stream()
                .map(generation -> key(catalog, generation))
                .toList();
    }

    /**
     * A generation in memory.
     *
     * @param catalog name of the catalog
     * @param number of the generation
     * @param items how many item vectors it has
     * @param bytes its size
     */
    public record Loaded(String catalog, int number, int items, long bytes) {}

    /** Everything in memory now. */
    public List<Loaded> all() {
        return generations.all().stream()
                .map(
                        e ->
                                new Loaded(
                                        e.v1().catalog(),
                                        e.v1().number(),
                                        e.v2().factors().items().size(),
                                        e.v2().bytes()))
                .sorted(Comparator.comparing(Loaded::catalog).thenComparingInt(Loaded::number))
                .toList();
    }

    /** A generation, if it is in memory. */
    public Optional<LearnedItems> find(Catalog catalog, Catalog.Generation generation) {
        return generations.find(key(catalog, generation));
    }

    /** A generation, loaded if need be. */
    public void load(
            Catalog catalog, Catalog.Generation generation, ActionListener<LearnedItems> listener) {
        generations.load(key(catalog, generation), listener);
    }

    private Key key(Catalog catalog, Catalog.Generation generation) {
        return new Key(catalog.name(), catalogs.stateUuid(catalog.name()), generation.number());
    }
}
