package dev.persona.plugin.loading;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Values in memory by key. Several who ask for one at once share its loading; each goes on as who
 * it is.
 *
 * @param <K> says which value
 * @param <V> the value
 */
public final class SharedLoading<K, V> {
    private final ThreadContext threadContext;
    private final BiConsumer<K, ActionListener<Held<V>>> fetch;
    private final Map<K, Held<V>> values = new ConcurrentHashMap<>();
    private final Map<K, SubscribableListener<V>> loading = new ConcurrentHashMap<>();

    /**
     * Holds nothing yet.
     *
     * @param fetch gets a value, as the plugin itself
     */
    public SharedLoading(
            ThreadContext threadContext, BiConsumer<K, ActionListener<Held<V>>> fetch) {
        this.threadContext = threadContext;
        this.fetch = fetch;
    }

    /**
     * A value and the memory that it takes up.
     *
     * @param memory released when the value is let go of
     */
    public record Held<V>(V value, Releasable memory) {}

    /** A value, if it is in memory. */
    public Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key)).map(Held::value);
    }

    /** A value, loaded if need be. */
    public void load(K key, ActionListener<V> listener) {
        Held<V> present = values.get(key);
        if (present != null) {
            listener.onResponse(present.value());
            return;
        }
        SubscribableListener<V> mine = new SubscribableListener<>();
        SubscribableListener<V> shared = loading.putIfAbsent(key, mine);
        if (shared != null) {
            shared.addListener(listener, EsExecutors.DIRECT_EXECUTOR_SERVICE, threadContext);
            return;
        }
        mine.addListener(listener);
        fetch(key, mine);
    }

    /** A value loaded anew. The one in memory serves until then, and on if none can be had. */
    public void reload(K key, ActionListener<V> listener) {
        SubscribableListener<V> mine = new SubscribableListener<>();
        mine.addListener(listener);
        fetch(key, mine);
    }

    private void fetch(K key, SubscribableListener<V> mine) {
        ActionListener<V> result = ActionListener.runBefore(mine, () -> loading.remove(key, mine));
        try {
            fetch.accept(key, result.map(held -> keep(key, held)));
        } catch (RuntimeException e) {
            result.onFailure(e);
        }
    }

    private V keep(K key, Held<V> held) {
        Held<V> before = values.put(key, held);
        if (before != null) {
            before.memory().close();
        }
        return held.value();
    }

    /** Lets go of values. */
    public void removeIf(Predicate<K> unwanted) {
        for (K key : values.keySet()) {
            if (unwanted.test(key)) {
                Held<V> gone = values.remove(key);
                if (gone != null) {
                    gone.memory().close();
                }
            }
        }
    }

    /** Everything in memory now, in no order. */
    public List<Tuple<K, V>> all() {
        return values.entrySet().stream()
                .map(entry -> Tuple.tuple(entry.getKey(), entry.getValue().value()))
                .toList();
    }
}
