package dev.persona.plugin.segment;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.loading.NeededValues;
import dev.persona.plugin.loading.SharedLoading;
import dev.persona.profiling.segment.SegmentModel;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterStateListener;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The segments that this node has in memory: of each catalog those in use. */
public final class LoadedSegments {
    private final Catalogs catalogs;
    private final SegmentStore store;
    private final Memory memory;
    private final Executor executor;
    private final NeededValues<Key, SegmentVersion> models;

    /** The uuid tells a catalog from an earlier one of the same name. */
    private record Key(String catalog, String uuid, int version) {
        @Override
        public String toString() {
            return "version [%d] of the segments of [%s]".formatted(version, catalog);
        }
    }

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where segments are read and parsed
     */
    public LoadedSegments(Client client, Catalogs catalogs, Memory memory, Executor executor) {
        this.catalogs = catalogs;
        this.store = new SegmentStore(client);
        this.memory = memory;
        this.executor = executor;
        this.models =
                new NeededValues<>(
                        client,
                        catalogs,
                        executor,
                        catalog -> key(catalog).stream().toList(),
                        this::fetch);
    }

    /** Keeps up with which segments are in use. */
    public ClusterStateListener listener() {
        return models;
    }

    /**
     * Segments in memory.
     *
     * @param catalog name of the catalog
     * @param version which stored model
     * @param count how many segments there are
     * @param bytes its size
     */
    public record Loaded(String catalog, int version, int count, long bytes) {}

    /** Everything in memory now. */
    public List<Loaded> all() {
        return models.all().stream()
                .map(
                        e ->
                                new Loaded(
                                        e.v1().catalog(),
                                        e.v1().version(),
                                        e.v2().model().segments().size(),
                                        e.v2().bytes()))
                .sorted(Comparator.comparing(Loaded::catalog).thenComparingInt(Loaded::version))
                .toList();
    }

    /** The segments in use, if they are in memory. */
    public Optional<SegmentModel> find(Catalog catalog) {
        return key(catalog).flatMap(models::find).map(SegmentVersion::model);
    }

    /** What the users of a segment take to most; nothing while that is not in memory. */
    public List<String> favourites(Catalog catalog, String segment) {
        return key(catalog)
                .flatMap(models::find)
                .map(version -> version.favourites().getOrDefault(segment, List.of()))
                .orElse(List.of());
    }

    /**
     * The segments in use, loaded if need be.
     *
     * @param listener fails with a 404 when there are none
     */
    public void load(Catalog catalog, ActionListener<SegmentModel> listener) {
        Optional<Key> key = key(catalog);
        if (key.isEmpty()) {
            listener.onFailure(catalog.noSegments());
            return;
        }
        models.load(key.get(), listener.map(SegmentVersion::model));
    }

    /** The segments in use, for whoever can do without: none where they cannot be had. */
    public void loadIfThere(Catalog catalog, ActionListener<Optional<SegmentModel>> listener) {
        load(
                catalog,
                ActionListener.wrap(
                        model -> listener.onResponse(Optional.of(model)),
                        e -> listener.onResponse(Optional.empty())));
    }

    private Optional<Key> key(Catalog catalog) {
        return catalog.segments()
                .map(
                        used ->
                                new Key(
                                        catalog.name(),
                                        catalogs.stateUuid(catalog.name()),
                                        used.version()));
    }

    private void fetch(Key key, ActionListener<SharedLoading.Held<SegmentVersion>> listener) {
        store.get(
                key.catalog(),
                key.version(),
                new ThreadedActionListener<>(
                        executor,
                        listener.map(
                                found -> {
                                    SegmentVersion version = parse(key, found);
                                    return new SharedLoading.Held<>(
                                            version, memory.take(version.bytes(), key.toString()));
                                })));
    }

    private SegmentVersion parse(Key key, GetResponse found) {
        return SegmentStore.read(found).orElseThrow(() -> catalogs.get(key.catalog()).noSegments());
    }
}
