package dev.persona.plugin.loading;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterChangedEvent;
import org.elasticsearch.cluster.ClusterStateListener;
import org.elasticsearch.core.Tuple;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Values that the catalogs need in memory as they are in the cluster state. Each is loaded when it
 * comes to be needed, or when somebody asks for it, and let go of when it is needed no more.
 *
 * @param <K> says which value; as text, it stands in the log
 * @param <V> the value
 */
public final class NeededValues<K, V> implements ClusterStateListener {
    private static final Logger logger = LogManager.getLogger(NeededValues.class);

    private final Catalogs catalogs;
    private final Executor executor;
    private final Function<Catalog, Collection<K>> needed;
    private final SharedLoading<K, V> values;

    /** Those that could not be loaded, which is said once of each. */
    private final Set<K> failed = ConcurrentHashMap.newKeySet();

    /**
     * Holds nothing yet.
     *
     * @param client acts for the plugin itself
     * @param executor where catalogs are looked at
     * @param needed what a catalog needs
     * @param fetch gets a value, as the plugin itself
     */
    public NeededValues(
            Client client,
            Catalogs catalogs,
            Executor executor,
            Function<Catalog, Collection<K>> needed,
            BiConsumer<K, ActionListener<SharedLoading.Held<V>>> fetch) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.needed = needed;
        this.values = new SharedLoading<>(client.threadPool().getThreadContext(), fetch);
    }

    /** A value, if it is in memory. */
    public Optional<V> find(K key) {
        return values.find(key);
    }

    /** A value, loaded if need be; several who ask at once share one loading. */
    public void load(K key, ActionListener<V> listener) {
        values.load(key, listener);
    }

    /** A value loaded anew, whether it is in memory or not. */
    public void reload(K key, ActionListener<V> listener) {
        values.reload(key, listener);
    }

    /** Everything in memory now, in no order. */
    public List<Tuple<K, V>> all() {
        return values.all();
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
        Set<K> now = new HashSet<>();
        catalogs.all().forEach(catalog -> now.addAll(needed.apply(catalog)));
        values.removeIf(key -> !now.contains(key));
        failed.retainAll(now);
        for (K key : now) {
            if (values.find(key).isEmpty()) {
                loadAhead(key);
            }
        }
    }

    private void loadAhead(K key) {
        load(
                key,
                ActionListener.wrap(
                        loaded -> logger.info("loaded {}", key),
                        // Who needs it tries again and says why it fails.
                        e ->
                                logger.log(
                                        failed.add(key) ? Level.WARN : Level.DEBUG,
                                        "cannot load {}: {}",
                                        key,
                                        e.toString())));
    }
}
