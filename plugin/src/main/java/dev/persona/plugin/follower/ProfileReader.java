package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the profile that an id counts for, its own or that of the user it was merged into, with all
 * events that followers have taken: what is stored, and on top of it what is pending.
 *
 * <p>Always asks for what is pending first and reads the document after: what was written in
 * between is then in the document, and recognised by its number. The other way round it would be
 * missed.
 */
public final class ProfileReader {
    private final Client client;

    /** Reads on behalf of whom the client acts for. */
    public ProfileReader(Client client) {
        this.client = client;
    }

    /**
     * A profile.
     *
     * @param user whose it is: the id asked for, or the one it was merged into
     * @param source of the document, as it would be if all were written
     */
    public record Found(String user, BytesReference source) {
        /** The source if the user agrees to being tracked: others are as unknown as anybody. */
        public Optional<BytesReference> agreed() {
            return Optional.of(source).filter(ProfileDocument::agreesToTracking);
        }
    }

    /**
     * Reads without waiting.
     *
     * @param listener given the profile, or that there is none; maybe on a transport thread
     */
    public void read(Catalog catalog, String user, ActionListener<Optional<Found>> listener) {
        new Reading(catalog).ask(user, listener);
    }

    /** One reading: what is pending of each id that has been asked for. */
    private final class Reading {
        private final Catalog catalog;
        private final Map<String, PendingEventsResponse> pending = new HashMap<>();

        Reading(Catalog catalog) {
            this.catalog = catalog;
        }

        void ask(String user, ActionListener<Optional<Found>> listener) {
            if (pending.containsKey(user)) {
                listener.onFailure(new ElasticsearchException("ids are merged in a circle"));
                return;
            }
            pending(user, false, listener.delegateFailureAndWrap((l, asked) -> get(user, l)));
        }

        private void pending(String user, boolean unknown, ActionListener<Void> listener) {
            client.execute(
                    PendingEventsAction.TYPE,
                    new PendingEventsRequest(catalog.name(), user, unknown),
                    listener.<PendingEventsResponse>map(
                                    answer -> {
                                        pending.put(user, answer);
                                        return null;
                                    })
                            .delegateResponse(
                                    (l, e) -> {
                                        if (ExceptionsHelper.status(e) == RestStatus.FORBIDDEN) {
                                            l.onFailure(e);
                                        } else {
                                            // No reason not to serve what is stored.
                                            l.onResponse(PendingEventsResponse.NONE);
                                        }
                                    }));
        }

        private void get(String user, ActionListener<Optional<Found>> listener) {
            client.get(
                    new GetRequest(CompanionIndices.profiles(catalog.name()), user),
                    listener.delegateFailureAndWrap((l, stored) -> got(user, stored, l)));
        }

        private void got(
                String user, GetResponse stored, ActionListener<Optional<Found>> listener) {
            if (!stored.isExists()) {
                unknown(user, listener);
                return;
            }
            BytesReference source = stored.getSourceAsBytesRef();
            Optional<String> next = ProfileDocument.mergedInto(source);
            if (next.isPresent()) {
                ask(next.get(), listener);
            } else if (ProfileDocument.holdsSeveralIds(source) || isAnythingPending()) {
                onOtherThread(listener, l -> apply(user, Optional.of(source), l));
            } else {
                listener.onResponse(Optional.of(new Found(user, source)));
            }
        }

        private void unknown(String user, ActionListener<Optional<Found>> listener) {
            if (!isAnythingPending()) {
                listener.onResponse(Optional.empty());
                return;
            }
            pending(
                    user,
                    true,
                    listener.delegateFailureAndWrap(
                            (l, asked) -> {
                                if (isAnythingPending()) {
                                    onOtherThread(l, m -> apply(user, Optional.empty(), m));
                                } else {
                                    l.onResponse(Optional.empty());
                                }
                            }));
        }

        private boolean isAnythingPending() {
            return pending.values().stream().anyMatch(answer -> !answer.events().isEmpty());
        }

        /** Parsing is not for the transport thread that an answer arrives on. */
        private void onOtherThread(
                ActionListener<Optional<Found>> listener,
                Consumer<ActionListener<Optional<Found>>> work) {
            new ThreadedActionListener<Void>(
                            client.threadPool().executor(ThreadPool.Names.GET),
                            listener.delegateFailureAndWrap((l, nothing) -> work.accept(l)))
                    .onResponse(null);
        }

        private void apply(
                String user,
                Optional<BytesReference> source,
                ActionListener<Optional<Found>> listener) {
            ProfileRules rules = catalog.settings().rules();
            ProfileDocument document =
                    source.map(bytes -> ProfileDocument.read(bytes, rules))
                            .orElseGet(() -> ProfileDocument.empty(rules));
            Set<String> others = new HashSet<>(document.applied().seqNos().keySet());
            others.removeAll(pending.keySet());
            if (!others.isEmpty()) {
                askAll(others.iterator(), listener.delegateFailureAndWrap((l, x) -> get(user, l)));
                return;
            }
            ProfileDocument fresh = document;
            boolean changed = false;
            for (Map.Entry<String, PendingEventsResponse> some : pending.entrySet()) {
                if (some.getValue().events().isEmpty()) {
                    continue;
                }
                fresh = fresh.current(some.getValue().eventsUuid(), rules);
                for (NumberedEvent numbered : some.getValue().events()) {
                    if (!fresh.applied().holds(some.getKey(), numbered.seqNo())) {
                        ProfileDocument taking = fresh;
                        numbered.event().ifPresent(event -> taking.profile().apply(event));
                        changed = true;
                    }
                }
            }
            listener.onResponse(
                    changed
                            ? Optional.of(new Found(user, new BytesArray(fresh.source(user))))
                            : source.map(bytes -> new Found(user, bytes)));
        }

        private void askAll(Iterator<String> ids, ActionListener<Void> listener) {
            if (!ids.hasNext()) {
                listener.onResponse(null);
                return;
            }
            pending(
                    ids.next(),
                    false,
                    listener.delegateFailureAndWrap((l, asked) -> askAll(ids, l)));
        }
    }
}
