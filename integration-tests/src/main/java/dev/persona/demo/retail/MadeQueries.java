package dev.persona.demo.retail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Makes up what a buyer might have typed, for the file has no queries: one word of the title of an
 * item that was bought. Only words that 20 to 300 titles have are used, so that there is something
 * to choose from.
 */
public final class MadeQueries {

    private static final int FEWEST_TITLES = 20;
    private static final int MOST_TITLES = 300;

    private final RetailCatalog catalog;

    /** Words are rare or frequent among this catalog's titles. */
    public MadeQueries(RetailCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A query for an item.
     *
     * @param random decides which word
     * @return empty when the title has no word that fits, or the catalog lacks the item
     */
    public Optional<String> query(String code, Random random) {
        if (!catalog.has(code)) {
            return Optional.empty();
        }
        String title = catalog.product(code).title();
        List<String> words = new ArrayList<>();
        for (String word : TitleWords.telling(title)) {
            int titles = catalog.words().titlesWith(word);
            if (titles >= FEWEST_TITLES && titles <= MOST_TITLES) {
                words.add(asWritten(word, title));
            }
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(words.get(random.nextInt(words.size())));
    }

    /** The search has no stemming: a plural in the title has to be asked for as a plural. */
    private static String asWritten(String word, String title) {
        boolean plural =
                List.of(title.toLowerCase(Locale.ROOT).split("[^a-z]+")).contains(word + "s");
        return plural ? word + "s" : word;
    }
}
