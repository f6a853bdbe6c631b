package dev.persona.demo.retail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a shop's titles, and what can honestly be made of them where products have neither
 * category nor brand.
 *
 * <ul>
 *   <li>family: the word of a title that ends most titles of the shop, such as bag in JUMBO BAG RED
 *       RETROSPOT: a crude word for what the thing is;
 *   <li>motif: of the other words the most frequent, such as retrospot: what it has in common with
 *       things of other families.
 * </ul>
 *
 * Colours, sizes and words such as "set" and "design" count for neither.
 */
public final class TitleWords {

    private static final Pattern NOT_A_LETTER = Pattern.compile("[^a-z']+");
    private static final int SHORTEST = 3;
    private static final int MOTIF_TITLES = 5;
    private static final Set<String> SAYS_LITTLE =
            Set.of(
                    ("set and the with for design assorted small large medium mini big jumbo pack"
                                    + " asst red blue pink white green black ivory cream"
                                    + " silver gold purple yellow orange brown grey turquoise"
                                    + " amber multicolour colour colours round square piece")
                            .split(" "));

    private final Map<String, Integer> titlesWith = new HashMap<>();
    private final Map<String, Integer> titlesEndingWith = new HashMap<>();

    TitleWords(Collection<String> titles) {
        for (String title : titles) {
            List<String> words = telling(title);
            words.forEach(word -> titlesWith.merge(word, 1, Integer::sum));
            if (!words.isEmpty()) {
                titlesEndingWith.merge(words.getLast(), 1, Integer::sum);
            }
        }
    }

    /** The words of a title that say something, in order, in the singular, each once. */
    static List<String> telling(String title) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : NOT_A_LETTER.split(title.toLowerCase(Locale.ROOT))) {
            // The search keeps "children's" whole; half of it would find nothing.
            boolean whole = word.length() >= SHORTEST && !word.contains("'");
            if (whole && !SAYS_LITTLE.contains(word)) {
                words.add(singular(word));
            }
        }
        return List.copyOf(words);
    }

    private static String singular(String word) {
        // Glass, christmas, paris and cactus are no plurals.
        boolean plural = word.length() > SHORTEST && word.matches(".*[^saiu]s");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    /** In how many titles a word stands. */
    int titlesWith(String word) {
        return titlesWith.getOrDefault(word, 0);
    }

    /** The word of a title that ends most titles; empty when no word of it ends any. */
    Optional<String> family(String title) {
        return most(telling(title), titlesEndingWith);
    }

    /** The most frequent word besides the family; empty when it stands in fewer than 5 titles. */
    Optional<String> motif(String title) {
        List<String> others = new ArrayList<>(telling(title));
        family(title).ifPresent(others::remove);
        return most(others, titlesWith).filter(word -> titlesWith(word) >= MOTIF_TITLES);
    }

    private static Optional<String> most(List<String> words, Map<String, Integer> counts) {
        return words.stream()
                .filter(counts::containsKey)
                // Of equals the first, for max would take the last.
                .reduce((best, word) -> counts.get(word) > counts.get(best) ? word : best);
    }
}
