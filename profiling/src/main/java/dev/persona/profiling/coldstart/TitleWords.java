package dev.persona.profiling.coldstart;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a text apart into words without knowing its language: a word is a run of letters, digits
 * and the marks that go with letters, in lower case.
 *
 * <p>An ideograph is a word of its own, as scripts that have them put no space between words.
 */
final class TitleWords {
    private TitleWords() {}

    /** The words of a text in their order. */
    static List<String> of(String text) {
        // The same letter may be written in several ways: composed or not, narrow or wide.
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int at = 0, next; at < plain.length(); at = next) {
            int character = plain.codePointAt(at);
            next = at + Character.charCount(character);
            boolean alone = Character.isIdeographic(character);
            if (alone || !isOfAWord(character)) {
                addUnlessEmpty(plain.substring(start, at), words);
                start = next;
            }
            if (alone) {
                words.add(Character.toString(character));
            }
        }
        addUnlessEmpty(plain.substring(start), words);
        return words;
    }

    private static void addUnlessEmpty(String word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word);
        }
    }

    private static boolean isOfAWord(int character) {
        return switch (Character.getType(character)) {
            // Vowels of Hindi and of Thai, among others.
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default -> Character.isLetterOrDigit(character);
        };
    }
}
