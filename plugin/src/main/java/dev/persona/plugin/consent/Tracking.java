package dev.persona.plugin.consent;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.profile.ProfileDocument;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.support.WriteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Refuses or takes the events of a user under all ids that count for that user. Waits for the
 * answers.
 */
public final class Tracking {
    private final Client client;
    private final String catalog;
    private final TimeValue patience;

    /** For the users of a catalog, on behalf of whom the client acts for. */
    public Tracking(Client client, Catalog catalog, TimeValue patience) {
        this.client = client;
        this.catalog = catalog.name();
        this.patience = patience;
    }

    /** From now on events of the user are refused. */
    public void refuse(String user, ProfileDocument document) {
        send(user, document, id -> Blocks.optOut(catalog, id));
    }

    /** From now on events of the user are taken. */
    public void take(String user, ProfileDocument document) {
        send(user, document, id -> Blocks.lift(catalog, id));
    }

    private void send(
            String user, ProfileDocument document, Function<String, DocWriteRequest<?>> request) {
        Set<String> ids = new TreeSet<>(document.applied().seqNos().keySet());
        ids.add(user);
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
        ids.forEach(id -> bulk.add(request.apply(id)));
        BulkResponse stored = client.bulk(bulk).actionGet(patience);
        if (!isAllAbsent(stored)) {
            // Also when some have failed: the others hold.
            client.index(Blocks.changed(catalog)).actionGet(patience);
        }
        for (BulkItemResponse item : stored) {
            if (item.isFailed()) {
                throw new ElasticsearchStatusException(
                        "the consent could not be stored",
                        ExceptionsHelper.status(item.getFailure().getCause()),
                        item.getFailure().getCause());
            }
        }
    }

    /** Whether there was nothing to take away: most who agree have never objected. */
    private static boolean isAllAbsent(BulkResponse stored) {
        return Arrays.stream(stored.getItems())
                .allMatch(item -> !item.isFailed() && item.status() == RestStatus.NOT_FOUND);
    }
}
