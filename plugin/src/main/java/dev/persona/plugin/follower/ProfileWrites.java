package dev.persona.plugin.follower;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.profile.ProfileDocument;
import dev.persona.plugin.profile.StoredProfile;
import dev.persona.plugin.segment.DerivedFields;

import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.mapper.DocumentParsingException;
import org.elasticsearch.rest.RestStatus;

import java.util.ArrayList;
import java.util.List;

/** Documents that are written together, each only if it is still what it goes on from. */
final class ProfileWrites {
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(60);

    /** Followers of other catalogs wait for this thread, and to try again costs nothing. */
    private static final TimeValue FOR_A_PRIMARY = TimeValue.timeValueSeconds(2);

    private final Client client;
    private final Catalog catalog;
    private final DerivedFields derived;
    private final BulkRequest bulk = new BulkRequest().timeout(FOR_A_PRIMARY);
    private final List<byte[]> sources = new ArrayList<>();

    ProfileWrites(Client client, Catalog catalog, DerivedFields derived) {
        this.client = client;
        this.catalog = catalog;
        this.derived = derived;
    }

    /**
     * What came of one of them.
     *
     * @param item what Elasticsearch answered
     * @param source what was to be stored
     */
    record Answer(BulkItemResponse item, byte[] source) {
        boolean isWritten() {
            return !item.isFailed();
        }

        RestStatus status() {
            return item.status();
        }

        Exception failure() {
            return item.getFailure().getCause();
        }

        /** Whether Elasticsearch will refuse the document whenever it is sent. */
        boolean isForGood() {
            return ExceptionsHelper.unwrap(failure(), DocumentParsingException.class) != null
                    || item.status() == RestStatus.REQUEST_ENTITY_TOO_LARGE;
        }
    }

    void add(String user, StoredProfile before, ProfileDocument after) {
        long now = client.threadPool().absoluteTimeInMillis();
        byte[] source = derived.atWrite(catalog, after, now).source(user);
        bulk.add(before.replace(catalog.name(), user, source));
        sources.add(source);
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    /** Writes them and gives an answer for each, in order. */
    List<Answer> send() {
        List<Answer> answers = new ArrayList<>(sources.size());
        int next = 0;
        for (BulkItemResponse item : client.bulk(bulk).actionGet(PATIENCE)) {
            answers.add(new Answer(item, sources.get(next)));
            next++;
        }
        return answers;
    }
}
