package dev.persona.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.pseudonym.Pseudonyms;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.Optional;

/**
 * Whether users are stored under pseudonyms: {@code pseudonyms}, and in what is stored and shown
 * also {@code pseudonym_key}, the fingerprint of the key.
 */
final class PseudonymSetting {
    private static final String PSEUDONYMS = "pseudonyms";
    private static final String KEY = "pseudonym_key";

    private PseudonymSetting() {}

    /**
     * A registration with what it leaves open: as registered before, otherwise pseudonyms where the
     * node has a key for them.
     *
     * @param before settings of the catalog or of its kept data, if there are any
     * @throws InvalidFieldException when it asks for pseudonyms that this node cannot make
     */
    static JsonNode complete(JsonNode body, Optional<CatalogSettings> before, Pseudonyms node) {
        if (!(body instanceof ObjectNode sent)) {
            return body;
        }
        JsonNode asked = sent.path(PSEUDONYMS);
        if (!asked.isBoolean() && !asked.isMissingNode() && !asked.isNull()) {
            return body;
        }
        Optional<String> key;
        if (asked.isBoolean()) {
            key = asked.booleanValue() ? Optional.of(required(node)) : Optional.empty();
        } else {
            key = before.map(CatalogSettings::pseudonyms).orElseGet(node::fingerprint);
        }
        if (sent.hasNonNull(KEY) && !key.equals(Optional.of(sent.path(KEY).asText()))) {
            throw new InvalidFieldException(
                    KEY, "is not that of the key in the keystore of this node; leave it out");
        }
        ObjectNode complete = sent.deepCopy();
        write(key, complete);
        return complete;
    }

    private static String required(Pseudonyms node) {
        return node.fingerprint()
                .orElseThrow(
                        () ->
                                new InvalidFieldException(
                                        PSEUDONYMS,
                                        "needs a key: add ["
                                                + Pseudonyms.KEY.getKey()
                                                + "] to the keystore of every node and restart"));
    }

    /** Reads the fingerprint of the key; empty when there are no pseudonyms. */
    static Optional<String> parse(JsonFields body) {
        boolean wanted = body.flag(PSEUDONYMS).orElse(false);
        Optional<String> key = body.string(KEY);
        if (wanted != key.isPresent()) {
            throw new InvalidFieldException(
                    KEY, "must be there if, and only if, [" + PSEUDONYMS + "] is true");
        }
        return key;
    }

    /** The form that {@link #parse} reads. */
    static void write(Optional<String> key, ObjectNode json) {
        json.put(PSEUDONYMS, key.isPresent());
        json.remove(KEY);
        key.ifPresent(fingerprint -> json.put(KEY, fingerprint));
    }
}
