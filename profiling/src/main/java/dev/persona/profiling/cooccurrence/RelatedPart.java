package dev.persona.profiling.cooccurrence;

import dev.persona.profiling.factorization.IdIndex;

/**
 * The related items of some items in a row.
 *
 * @param counts how many each of the items has
 * @param related the related items of the first item, then those of the next
 * @param scores as long as related
 */
record RelatedPart(int[] counts, int[] related, float[] scores) {
    /** The longest array that every virtual machine makes. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /**
     * @param parts those of all items, one after the other
     * @throws IllegalArgumentException if that is more than an array holds
     */
    static RelatedItems joined(IdIndex items, RelatedPart[] parts) {
        long size = 0;
        for (RelatedPart part : parts) {
            size += part.related.length;
        }
        if (size > LONGEST_ARRAY) {
            throw new IllegalArgumentException(
                    size
                            + " pairs of items are related, most is "
                            + LONGEST_ARRAY
                            + ": lower [most_related]");
        }
        int[] offsets = new int[items.size() + 1];
        int[] related = new int[(int) size];
        float[] scores = new float[(int) size];
        int item = 0;
        int from = 0;
        for (RelatedPart part : parts) {
            System.arraycopy(part.related, 0, related, from, part.related.length);
            System.arraycopy(part.scores, 0, scores, from, part.scores.length);
            for (int count : part.counts) {
                from += count;
                offsets[++item] = from;
            }
        }
        return new RelatedItems(items, offsets, related, scores);
    }
}
