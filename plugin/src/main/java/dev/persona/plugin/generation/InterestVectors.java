package dev.persona.plugin.generation;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.profile.Interest;
import dev.persona.plugin.profile.ProfileDocument;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.common.bytes.BytesReference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Interest vectors of users as they are now: whatever a profile keeps of its items, folded in
 * against the item vectors of a generation.
 */
public final class InterestVectors {
    private final LoadedGenerations generations;
    private final Executor executor;

    /**
     * Made once a node.
     *
     * @param executor where users are folded in for those who must not wait
     */
    public InterestVectors(LoadedGenerations generations, Executor executor) {
        this.generations = generations;
        this.executor = executor;
    }

    /**
     * The document with the vectors of all living generations that this node has in memory; of
     * others it keeps what it has. For whoever writes a profile that has changed.
     *
     * @param now in milliseconds since 1970
     */
    public ProfileDocument atWrite(Catalog catalog, ProfileDocument document, long now) {
        ProfileDocument folded = document;
        for (Catalog.Generation generation : catalog.livingGenerations()) {
            Optional<LearnedItems> items = generations.find(catalog, generation);
            if (items.isPresent()) {
                folded = fold(items.get(), generation, folded, now);
            }
        }
        return folded;
    }

    /** The document with its vector of one generation. */
    public static ProfileDocument fold(
            LearnedItems items, Catalog.Generation generation, ProfileDocument document, long now) {
        float[] vector = items.signals().interest(document.profile(), now);
        Map<String, Interest> interests = new HashMap<>(document.interests());
        if (vector.length == 0) {
            interests.remove(generation.slot());
        } else {
            interests.put(generation.slot(), new Interest(generation.number(), vector));
        }
        return document.withInterests(interests);
    }

    /**
     * The vector of a user against the generation in use.
     *
     * @param source of the user's document; empty when there is none
     * @param listener given factors numbers, or none where there is no vector. Should the
     *     generation not fit into this node's memory, the vector is that which was stored
     */
    public void current(
            Catalog catalog, BytesReference source, long now, ActionListener<float[]> listener) {
        if (catalog.factors().isEmpty() || source.length() == 0) {
            listener.onResponse(new float[0]);
            return;
        }
        Catalog.Generation used = catalog.factors().get();
        generations.load(
                catalog,
                used,
                new ThreadedActionListener<>(
                        executor,
                        ActionListener.wrap(
                                items ->
                                        ActionListener.completeWith(
                                                listener,
                                                () ->
                                                        items.signals()
                                                                .interest(
                                                                        read(catalog, source)
                                                                                .profile(),
                                                                        now)),
                                e ->
                                        ActionListener.completeWith(
                                                listener,
                                                () -> read(catalog, source).interest(used)))));
    }

    private static ProfileDocument read(Catalog catalog, BytesReference source) {
        return ProfileDocument.read(source, catalog.settings().rules());
    }
}
