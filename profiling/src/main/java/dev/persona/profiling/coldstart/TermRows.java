package dev.persona.profiling.coldstart;

import dev.persona.profiling.factorization.IdIndex;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which terms the items have: a sparse matrix of ones, a row for each item.
 *
 * @param vocabulary the terms and their indexes, those of most items first
 * @param offsets items + 1 long; the terms of item i stand at offsets[i] to offsets[i + 1] - 1
 * @param terms index of the term of each entry
 */
record TermRows(IdIndex vocabulary, int[] offsets, int[] terms) {

    /**
     * @param items what is known of each item
     * @param weights of the items; an item of weight 0 does not count towards a term's items
     * @param minItems terms that fewer items have are left out
     * @param maxTerms the terms of most items are kept, of equals the first by natural order
     */
    static TermRows of(List<ItemDescription> items, float[] weights, int minItems, int maxTerms) {
        Map<String, Integer> counts = new HashMap<>();
        for (int item = 0; item < weights.length; item++) {
            if (weights[item] > 0) {
                items.get(item).terms().forEach(term -> counts.merge(term, 1, Integer::sum));
            }
        }
        Comparator<Map.Entry<String, Integer>> mostItemsFirst =
                Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey());
        IdIndex vocabulary =
                IdIndex.of(
                        counts.entrySet().stream()
                                .filter(count -> count.getValue() >= minItems)
                                .sorted(mostItemsFirst)
                                .limit(maxTerms)
                                .map(Map.Entry::getKey)
                                .toList());
        return of(items, vocabulary);
    }

    private static TermRows of(List<ItemDescription> items, IdIndex vocabulary) {
        int[] offsets = new int[items.size() + 1];
        int[] terms = new int[8 * items.size()];
        int entries = 0;
        int item = 0;
        for (ItemDescription description : items) {
            // Taken apart a second time: all terms of all items as strings would be far larger.
            for (String term : description.terms()) {
                int index = vocabulary.indexOf(term);
                if (index != IdIndex.ABSENT) {
                    if (entries == terms.length) {
                        terms = Arrays.copyOf(terms, Math.addExact(entries, 1 + entries / 2));
                    }
                    terms[entries++] = index;
                }
            }
            offsets[++item] = entries;
        }
        return new TermRows(vocabulary, offsets, Arrays.copyOf(terms, entries));
    }
}
