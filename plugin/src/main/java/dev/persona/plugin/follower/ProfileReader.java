package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.plugin.profile.ProfileDocument;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.rest.RestStatus;

import java.util.Optional;

/**
 * Reads the profile that an id counts for, its own or that of the user it was merged into, with all
 * events that its follower has taken in.
 */
public final class ProfileReader {
    /** How many ids may lead from one to the next. */
    private static final int MOST_HOPS = 10_000;

    private final Client client;

    /** Reads on behalf of whom the client acts for. */
    public ProfileReader(Client client) {
        this.client = client;
    }

    /**
     * A profile.
     *
     * @param user whose it is: the id asked for, or the one it was merged into
     * @param source of the document
     */
    public record Found(String user, BytesReference source) {}

    /**
     * Reads without waiting.
     *
     * @param listener given the profile, or that there is none; maybe on a transport thread
     */
    public void read(String catalog, String user, ActionListener<Optional<Found>> listener) {
        read(catalog, user, 0, listener);
    }

    private void read(
            String catalog, String user, int hops, ActionListener<Optional<Found>> listener) {
        ActionListener<LiveProfileResponse> asked =
                listener.delegateFailureAndWrap(
                        (l, live) ->
                                // Only now: the other way round a write in between would be missed.
                                get(
                                        catalog,
                                        user,
                                        l.delegateFailureAndWrap(
                                                (m, stored) ->
                                                        combine(
                                                                catalog, user, hops, stored, live,
                                                                m))));
        ask(new LiveProfileRequest(catalog, user, false), asked);
    }

    /** A follower that cannot be asked is no reason not to serve what is stored. */
    private void ask(LiveProfileRequest request, ActionListener<LiveProfileResponse> listener) {
        client.execute(
                LiveProfileAction.TYPE,
                request,
                listener.delegateResponse(
                        (l, e) -> {
                            if (ExceptionsHelper.status(e) == RestStatus.FORBIDDEN) {
                                l.onFailure(e);
                            } else {
                                l.onResponse(LiveProfileResponse.NONE);
                            }
                        }));
    }

    private void get(String catalog, String user, ActionListener<GetResponse> listener) {
        client.get(new GetRequest(CompanionIndices.profiles(catalog), user), listener);
    }

    private void combine(
            String catalog,
            String user,
            int hops,
            GetResponse stored,
            LiveProfileResponse live,
            ActionListener<Optional<Found>> listener) {
        if (!live.isAhead()) {
            follow(catalog, user, hops, stored, listener);
        } else if (live.goesOnFrom(stored.getSeqNo(), stored.getPrimaryTerm())) {
            listener.onResponse(Optional.of(new Found(user, live.source())));
        } else {
            // Somebody has written the document since: the follower is to put both together.
            ask(
                    new LiveProfileRequest(catalog, user, true),
                    listener.delegateFailureAndWrap(
                            (l, settled) ->
                                    get(
                                            catalog,
                                            user,
                                            l.delegateFailureAndWrap(
                                                    (m, now) ->
                                                            follow(catalog, user, hops, now, m)))));
        }
    }

    private void follow(
            String catalog,
            String user,
            int hops,
            GetResponse stored,
            ActionListener<Optional<Found>> listener) {
        if (!stored.isExists()) {
            listener.onResponse(Optional.empty());
            return;
        }
        Optional<String> next = ProfileDocument.mergedInto(stored.getSourceAsBytesRef());
        if (next.isEmpty()) {
            listener.onResponse(Optional.of(new Found(user, stored.getSourceAsBytesRef())));
        } else if (hops == MOST_HOPS) {
            listener.onFailure(new ElasticsearchException("ids are merged in a circle"));
        } else {
            read(catalog, next.get(), hops + 1, listener);
        }
    }
}
