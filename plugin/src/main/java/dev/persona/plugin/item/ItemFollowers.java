package dev.persona.plugin.item;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.generation.LoadedGenerations;

import org.apache.lucene.index.IndexableField;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterChangedEvent;
import org.elasticsearch.cluster.ClusterStateListener;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.mapper.LuceneDocument;
import org.elasticsearch.index.shard.IndexingOperationListener;
import org.elasticsearch.index.shard.ShardId;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Notices on each primary shard when the shop writes a product that lacks what a generation says of
 * it, because it is new or because the shop's version has never had it, and has it filled in.
 */
public final class ItemFollowers implements IndexingOperationListener, ClusterStateListener {
    private final Catalogs catalogs;
    private final LoadedGenerations generations;
    private final Client client;
    private final Executor executor;
    private final Map<String, ItemFollower> followers = new ConcurrentHashMap<>();

    /** By index, so that a write to any other one costs one look. */
    private volatile Map<String, Catalog> followed = Map.of();

    /**
     * Made once a node.
     *
     * @param client acts for the plugin itself
     * @param executor where products are filled in
     */
    public ItemFollowers(
            Catalogs catalogs, LoadedGenerations generations, Client client, Executor executor) {
        this.catalogs = catalogs;
        this.generations = generations;
        this.client = client;
        this.executor = executor;
    }

    @Override
    public void clusterChanged(ClusterChangedEvent event) {
        if (event.metadataChanged() && !event.state().blocks().disableStatePersistence()) {
            // Reading catalogs is not for the thread that applies the cluster state.
            executor.execute(this::look);
        }
    }

    private synchronized void look() {
        Map<String, Catalog> now = new HashMap<>();
        for (Catalog catalog : catalogs.all()) {
            if (!catalog.livingGenerations().isEmpty()) {
                for (String index : catalogs.productIndices(catalog.name())) {
                    // One that has just joined is given its fields by the upkeep first.
                    if (catalogs.hasItemFields(index)) {
                        now.put(index, catalog);
                    }
                }
            }
        }
        followed = Map.copyOf(now);
        followers.keySet().removeIf(catalog -> catalogs.find(catalog).isEmpty());
    }

    @Override
    public void postIndex(ShardId shard, Engine.Index operation, Engine.IndexResult result) {
        Catalog catalog = followed.get(shard.getIndexName());
        if (catalog == null
                || operation.origin() != Engine.Operation.Origin.PRIMARY
                || result.getResultType() != Engine.Result.Type.SUCCESS) {
            return;
        }
        LuceneDocument document = operation.parsedDoc().rootDoc();
        for (Catalog.Generation generation : catalog.livingGenerations()) {
            if (!holds(document, generation)
                    || lacksVector(document, catalog, generation, operation.id())) {
                follower(catalog.name())
                        .add(
                                new ItemFollower.Product(
                                        shard.getIndexName(),
                                        operation.id(),
                                        Optional.ofNullable(operation.routing())));
                return;
            }
        }
    }

    /**
     * Whether a vector got lost on the way: a source that is read and written back has none, as
     * Elasticsearch leaves vectors out of what it shows.
     */
    private boolean lacksVector(
            LuceneDocument document, Catalog catalog, Catalog.Generation generation, String id) {
        return document.getField(Catalog.itemVectorField(generation.slot())) == null
                && generations
                        .find(catalog, generation)
                        .map(items -> items.hasVector(id))
                        .orElse(true);
    }

    private static boolean holds(LuceneDocument document, Catalog.Generation generation) {
        String name = Catalog.itemGenerationField(generation.slot());
        for (IndexableField field : document.getFields(name)) {
            Number number = field.numericValue();
            if (number != null && number.intValue() == generation.number()) {
                return true;
            }
        }
        return false;
    }

    private ItemFollower follower(String catalog) {
        return followers.computeIfAbsent(
                catalog, name -> new ItemFollower(name, catalogs, generations, client, executor));
    }

    /** What has been done for a catalog since this node started. */
    public ObjectNode report(String catalog) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ItemFollower follower = followers.get(catalog);
        json.put("waiting", follower == null ? 0 : follower.waiting());
        json.put("filled", follower == null ? 0 : follower.filled());
        return json;
    }
}
