package dev.persona.plugin.model;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.json.Unavailable;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.loading.NeededValues;
import dev.persona.plugin.loading.SharedLoading;
import dev.persona.ranking.model.LightGbmUnavailableException;
import dev.persona.ranking.model.RankingModel;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterStateListener;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The ranking models that this node has in memory. It loads each version that becomes active, and
 * any other that a search still asks for; a version that is active no more is let go of.
 */
public final class LoadedModels {
    private final ModelStore store;
    private final Catalogs catalogs;
    private final Memory memory;
    private final Executor executor;
    private final NeededValues<Key, RankingModel> models;

    /**
     * Which model. The uuid tells a catalog from an earlier one of the same name, whose versions
     * counted from 1 too.
     */
    private record Key(String catalog, String uuid, String model, int version) {
        @Override
        public String toString() {
            return "version [%d] of ranking model [%s] of [%s]".formatted(version, model, catalog);
        }
    }

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where models are read and parsed
     */
    public LoadedModels(Client client, Catalogs catalogs, Memory memory, Executor executor) {
        this.store = new ModelStore(client);
        this.catalogs = catalogs;
        this.memory = memory;
        this.executor = executor;
        this.models = new NeededValues<>(client, catalogs, executor, this::active, this::fetch);
    }

    /** Keeps up with which versions are active. */
    public ClusterStateListener listener() {
        return models;
    }

    private List<Key> active(Catalog catalog) {
        return catalog.activeModels().entrySet().stream()
                .map(active -> key(catalog.name(), active.getKey(), active.getValue()))
                .toList();
    }

    /**
     * A model in memory.
     *
     * @param catalog name of the catalog
     * @param model name of the model
     * @param version its version
     * @param bytes its size
     */
    public record Loaded(String catalog, String model, int version, long bytes) {}

    /** Everything in memory now. */
    public List<Loaded> all() {
        return models.all().stream()
                .map(
                        e ->
                                new Loaded(
                                        e.v1().catalog(),
                                        e.v1().model(),
                                        e.v1().version(),
                                        e.v2().bytes()))
                .sorted(
                        Comparator.comparing(Loaded::catalog)
                                .thenComparing(Loaded::model)
                                .thenComparingInt(Loaded::version))
                .toList();
    }

    /** A model, if it is in memory. */
    public Optional<RankingModel> find(String catalog, String model, int version) {
        return models.find(key(catalog, model, version));
    }

    /** A model, loaded if need be; several who ask at once share one loading. */
    public void load(
            String catalog, String model, int version, ActionListener<RankingModel> listener) {
        models.load(key(catalog, model, version), listener);
    }

    /** A model loaded anew, whether it is in memory or not. */
    public void reload(
            String catalog, String model, int version, ActionListener<RankingModel> listener) {
        models.reload(key(catalog, model, version), listener);
    }

    private void fetch(Key key, ActionListener<SharedLoading.Held<RankingModel>> listener) {
        store.get(
                key.catalog(),
                key.model(),
                key.version(),
                new ThreadedActionListener<>(
                        executor,
                        listener.map(
                                source -> {
                                    RankingModel parsed =
                                            parse(ModelVersion.read(Json.readStored(source)));
                                    return new SharedLoading.Held<>(
                                            parsed, memory.take(parsed.bytes(), key.toString()));
                                })));
    }

    private static RankingModel parse(ModelVersion stored) {
        try {
            return RankingModel.load(stored.text(), stored.features());
        } catch (LightGbmUnavailableException e) {
            throw Unavailable.because(e);
        }
    }

    private Key key(String catalog, String model, int version) {
        return new Key(catalog, catalogs.stateUuid(catalog), model, version);
    }
}
