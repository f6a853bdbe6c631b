package dev.persona.plugin.pseudonym;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.settings.SecureSetting;
import org.elasticsearch.common.settings.SecureString;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.rest.RestStatus;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The names under which users are stored. In a catalog with pseudonyms that is HMAC-SHA256 (RFC
 * 2104) of the catalog's name and the user's id with a key that only the nodes know, so that who
 * reads the indices cannot tell who a user is, nor that two catalogs know the same one.
 *
 * <p>Ids are turned where they enter; everything behind knows only the stored name.
 */
public final class Pseudonyms {
    /** The key, in the node's keystore. */
    public static final Setting<SecureString> KEY =
            SecureSetting.secureString("persona.pseudonym_key", null);

    /** A node without a key. */
    public static final Pseudonyms NONE = new Pseudonyms(Optional.empty());

    private static final int LEAST_CHARACTERS = 32;
    private static final String ALGORITHM = "HmacSHA256";

    /** What no catalog can be named, so that the fingerprint is nobody's pseudonym. */
    private static final String FINGERPRINT = "/";

    private static final int FINGERPRINT_CHARACTERS = 16;

    private final Optional<SecretKeySpec> key;

    private Pseudonyms(Optional<SecretKeySpec> key) {
        this.key = key;
    }

    /**
     * What the keystore of a node says.
     *
     * @param settings of the node, while its keystore is open
     * @throws IllegalArgumentException when the key is too short
     */
    public static Pseudonyms of(Settings settings) {
        try (SecureString secret = KEY.get(settings)) {
            return secret.isEmpty() ? NONE : of(secret.toString());
        }
    }

    static Pseudonyms of(String secret) {
        if (secret.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "["
                            + KEY.getKey()
                            + "] must have at least "
                            + LEAST_CHARACTERS
                            + " characters, was "
                            + secret.length());
        }
        return new Pseudonyms(
                Optional.of(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM)));
    }

    /** Tells this node's key from others without giving it away; empty when it has none. */
    public Optional<String> fingerprint() {
        return key.map(
                secret -> pseudonym(secret, FINGERPRINT, "").substring(0, FINGERPRINT_CHARACTERS));
    }

    /**
     * How the ids of a catalog's users are stored.
     *
     * @param fingerprint of the key that the catalog's pseudonyms are made with; empty when it has
     *     none, and ids are stored as they are
     * @return gives the stored name of a user id
     * @throws ElasticsearchStatusException 503 when this node has not got that key: with another it
     *     would make other people of the same users
     */
    public UnaryOperator<String> of(String catalog, Optional<String> fingerprint) {
        if (fingerprint.isEmpty()) {
            return UnaryOperator.identity();
        }
        if (!fingerprint.equals(fingerprint())) {
            throw new ElasticsearchStatusException(
                    "users of [{}] are stored under pseudonyms, and the keystore of this node has"
                            + " {} [{}]; give it the key with which the catalog was registered",
                    RestStatus.SERVICE_UNAVAILABLE,
                    catalog,
                    key.isPresent() ? "another" : "no",
                    KEY.getKey());
        }
        SecretKeySpec secret = key.orElseThrow();
        return user -> pseudonym(secret, catalog, user);
    }

    /** 43 characters of base64url. */
    private static String pseudonym(SecretKeySpec secret, String catalog, String user) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(catalog.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] hash = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }
}
