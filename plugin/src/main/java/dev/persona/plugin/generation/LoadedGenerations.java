package dev.persona.plugin.generation;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.loading.SharedLoading;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterChangedEvent;
import org.elasticsearch.cluster.ClusterStateListener;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The generations that this node has in memory: of each catalog the one in use, and the one that is
 * about to be.
 */
public final class LoadedGenerations implements ClusterStateListener {
    private static final Logger logger = LogManager.getLogger(LoadedGenerations.class);

    private final Catalogs catalogs;
    private final Executor executor;
    private final SharedLoading<Key, LearnedItems> generations;

    /** Those that could not be loaded, which is said once of each. */
    private final Set<Key> failed = ConcurrentHashMap.newKeySet();

    /** The uuid tells a catalog from an earlier one of the same name. */
    private record Key(String catalog, String uuid, int number) {}

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where generations are read and parsed
     */
    public LoadedGenerations(Client client, Catalogs catalogs, Memory memory, Executor executor) {
        this.catalogs = catalogs;
        this.executor = executor;
        GenerationStore store = new GenerationStore(client);
        this.generations =
                new SharedLoading<>(
                        client.threadPool().getThreadContext(),
                        (key, listener) ->
                                store.read(
                                        key.catalog(), key.number(), memory, executor, listener));
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

    @Override
    public void clusterChanged(ClusterChangedEvent event) {
        if (event.state().blocks().disableStatePersistence() || !event.metadataChanged()) {
            return;
        }
        // Reading catalogs is not for the thread that applies the cluster state.
        executor.execute(this::follow);
    }

    private void follow() {
        generations.removeIf(key -> !isWanted(key));
        failed.removeIf(key -> !isWanted(key));
        for (Catalog catalog : catalogs.all()) {
            for (Catalog.Generation generation : catalog.livingGenerations()) {
                if (find(catalog, generation).isEmpty()) {
                    loadAhead(catalog, generation);
                }
            }
        }
    }

    private boolean isWanted(Key key) {
        return catalogs.find(key.catalog())
                .filter(catalog -> key.uuid().equals(catalogs.stateUuid(catalog.name())))
                .filter(
                        catalog ->
                                catalog.livingGenerations().stream()
                                        .anyMatch(used -> used.number() == key.number()))
                .isPresent();
    }

    private void loadAhead(Catalog catalog, Catalog.Generation generation) {
        load(
                catalog,
                generation,
                ActionListener.wrap(
                        loaded ->
                                logger.info(
                                        "loaded generation [{}] of the factors of [{}]",
                                        generation.number(),
                                        catalog.name()),
                        // Who needs it tries again.
                        e ->
                                logger.log(
                                        failed.add(key(catalog, generation))
                                                ? Level.WARN
                                                : Level.DEBUG,
                                        "cannot load generation [{}] of the factors of [{}]: {}",
                                        generation.number(),
                                        catalog.name(),
                                        e.toString())));
    }
}
