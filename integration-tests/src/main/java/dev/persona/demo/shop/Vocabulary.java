package dev.persona.demo.shop;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words the generated shop is built from, read from {@code vocabulary.json}.
 *
 * @param nouns what products are, such as lamp, by word
 * @param categories the shop's categories; one noun appears in several
 * @param styles the dimensions of taste, in the order of every style vector
 * @param colours colours of products
 * @param brands invented names
 * @param uses completes "Made for ..."
 * @param care closing sentences of descriptions
 */
record Vocabulary(
        Map<String, Noun> nouns,
        List<Category> categories,
        List<Style> styles,
        List<String> colours,
        List<String> brands,
        List<String> uses,
        List<String> care) {

    /**
     * A kind of thing.
     *
     * @param demand how often it is looked for, relative to others
     * @param price its usual price
     * @param materials what it can be made of
     */
    record Noun(double demand, double price, List<String> materials) {}

    /**
     * A style and the words titles show it by.
     *
     * @param name such as rustic
     * @param adjectives words that only this style uses
     */
    record Style(String name, List<String> adjectives) {}

    Vocabulary {
        // In order of the word, so that draws do not depend on the order in the file.
        nouns = new TreeMap<>(nouns);
    }

    static Vocabulary load() {
        try (InputStream in = Vocabulary.class.getResourceAsStream("vocabulary.json")) {
            return new ObjectMapper().readValue(in, Vocabulary.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
