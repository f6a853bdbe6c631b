package dev.persona.plugin.json;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;

/** The 503 that answers for a call whose native library could not be loaded. */
public final class Unavailable {
    private Unavailable() {}

    /** Passes the reason on. */
    public static ElasticsearchStatusException because(RuntimeException e) {
        return new ElasticsearchStatusException(e.getMessage(), RestStatus.SERVICE_UNAVAILABLE, e);
    }
}
