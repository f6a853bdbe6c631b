package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.CompanionIndices;

import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.client.internal.Client;

import java.util.Optional;

/** Reads the document that an id counts for: its own, or that of the user it was merged into. */
public final class ProfileReader {
    /** How many ids may lead from one to the next. */
    private static final int MOST_HOPS = 100;

    private ProfileReader() {}

    /**
     * Reads without waiting.
     *
     * @param listener given what was found last; its id is the user's
     */
    public static void read(
            Client client, String catalog, String user, ActionListener<GetResponse> listener) {
        read(client, catalog, user, 0, listener);
    }

    private static void read(
            Client client,
            String catalog,
            String user,
            int hops,
            ActionListener<GetResponse> listener) {
        client.get(
                new GetRequest(CompanionIndices.profiles(catalog), user),
                listener.delegateFailureAndWrap(
                        (l, found) -> {
                            Optional<String> next =
                                    found.isExists()
                                            ? ProfileDocument.mergedInto(
                                                    found.getSourceAsBytesRef())
                                            : Optional.empty();
                            if (next.isEmpty()) {
                                l.onResponse(found);
                            } else if (hops == MOST_HOPS) {
                                throw new ElasticsearchException("ids are merged in a circle");
                            } else {
                                read(client, catalog, next.get(), hops + 1, l);
                            }
                        }));
    }
}
