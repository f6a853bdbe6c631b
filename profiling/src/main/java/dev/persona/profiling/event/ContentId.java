package dev.persona.profiling.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The id of an event that came without one: a hash of its content, so that sending the same event
 * again is recognised as a repeat.
 *
 * <p>Two things a user really did twice in the same millisecond, with all fields equal, count once;
 * a shop that can tell them apart sends an {@code event_id}.
 */
final class ContentId {
    private ContentId() {}

    /**
     * The event with the id that its stored form, without the time of arrival, hashes to: SHA-256,
     * 22 characters of base64url.
     */
    static Event give(Event event) {
        try {
            byte[] content = EventJson.content(event).toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            String id = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            return event.withId(id.substring(0, 22));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
