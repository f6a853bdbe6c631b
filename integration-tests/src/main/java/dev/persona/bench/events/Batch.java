package dev.persona.bench.events;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of a call, made before time is taken.
 *
 * @param ids of its events, in order
 * @param body newline-delimited JSON
 */
record Batch(List<String> ids, byte[] body) {

    static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
