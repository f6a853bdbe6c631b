package dev.persona.plugin.event;

import org.elasticsearch.rest.RestStatus;

import java.util.Locale;

/** What became of one event. */
enum EventResult {
    /** It is stored. */
    CREATED(RestStatus.CREATED),
    /** One with its id was stored before. */
    DUPLICATE(RestStatus.OK),
    /** Its user does not agree to tracking. */
    OPTED_OUT(RestStatus.FORBIDDEN),
    /** Its user was erased a short while ago. */
    ERASED(RestStatus.GONE),
    /** It is wrong, or could not be stored; its own status says which. */
    ERROR(RestStatus.BAD_REQUEST);

    private final RestStatus status;

    EventResult(RestStatus status) {
        this.status = status;
    }

    RestStatus status() {
        return status;
    }

    /** The name used in JSON. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
