package dev.persona.plugin.pseudonym;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.settings.MockSecureSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESTestCase;

import java.util.Optional;

public class PseudonymsTests extends ESTestCase {
    private static final String KEY = "a key of at least thirty-two characters";

    private static Pseudonyms keystore(String key) {
        MockSecureSettings secrets = new MockSecureSettings();
        secrets.setString("persona.pseudonym_key", key);
        return Pseudonyms.of(Settings.builder().setSecureSettings(secrets).build());
    }

    private static String pseudonym(String catalog, String user) {
        Pseudonyms pseudonyms = keystore(KEY);
        return pseudonyms.of(catalog, pseudonyms.fingerprint()).apply(user);
    }

    /** {@code printf 'products\0u42' | openssl dgst -sha256 -hmac "$KEY" -binary | base64}. */
    public void testAPseudonymIsTheKeyedHashOfCatalogAndUser() {
        assertEquals("o9MxSiabJ37mW3lfQAM22Rck9mX6bD6ZIg7a0TGiswg", pseudonym("products", "u42"));
    }

    public void testTheSameUserHasAnotherPseudonymInEachCatalog() {
        assertEquals("B-hyKXXya_Ud9ShEs7EDXGMsdwLoG8PZbxkGMDVa39s", pseudonym("other", "u42"));
        assertNotEquals(pseudonym("products", "u42"), pseudonym("product", "su42"));
    }

    public void testTheFingerprintTellsKeysApartAndIsNobodysPseudonym() {
        assertEquals(Optional.of("1YjtzzbAGm42KsOF"), keystore(KEY).fingerprint());
        assertNotEquals(keystore(KEY).fingerprint(), keystore(KEY + "!").fingerprint());
        assertEquals(Optional.empty(), Pseudonyms.of(Settings.EMPTY).fingerprint());
    }

    public void testWithoutPseudonymsIdsStayAsTheyAre() {
        assertEquals("u42", keystore(KEY).of("products", Optional.empty()).apply("u42"));
        assertEquals("u42", Pseudonyms.NONE.of("products", Optional.empty()).apply("u42"));
    }

    public void testAKeyOfLessThan32CharactersIsRefused() {
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> keystore("x".repeat(31)));
        assertEquals(
                "[persona.pseudonym_key] must have at least 32 characters, was 31", e.getMessage());
        assertTrue(keystore("x".repeat(32)).fingerprint().isPresent());
    }

    public void testANodeWithAnotherKeyOrNoneIsUnavailable() {
        Optional<String> used = keystore(KEY).fingerprint();
        for (Pseudonyms node : new Pseudonyms[] {keystore(KEY + "!"), Pseudonyms.NONE}) {
            ElasticsearchStatusException e =
                    expectThrows(
                            ElasticsearchStatusException.class, () -> node.of("products", used));
            assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
            assertTrue(
                    e.getMessage(),
                    e.getMessage()
                            .contains(
                                    node == Pseudonyms.NONE
                                            ? "has no [persona.pseudonym_key]"
                                            : "has another [persona.pseudonym_key]"));
        }
    }
}
