package dev.persona.plugin.signal;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;

/**
 * A keyword field of one segment, read as numbers: each text is turned into one when it is first
 * met, and from then on costs a look into an array.
 */
final class NumberedValues {
    /** The number of a document that has no such field. */
    static final int ABSENT = -1;

    private static final int UNKNOWN = -1;

    private final SortedSetDocValues values;
    private final ToIntFunction<String> number;

    /** By ordinal. */
    private final int[] numbers;

    /**
     * Of a segment.
     *
     * @param memory told of bytes before they are taken
     * @param number what a text is turned into, at least 0
     */
    NumberedValues(
            LeafReader segment, String field, LongConsumer memory, ToIntFunction<String> number)
            throws IOException {
        this.values = DocValues.getSortedSet(segment, field);
        this.number = number;
        int size = Math.toIntExact(values.getValueCount());
        memory.accept((long) size * Integer.BYTES);
        this.numbers = new int[size];
        Arrays.fill(numbers, UNKNOWN);
    }

    /** The number of a document's text; documents are asked for in ascending order. */
    int of(int doc) throws IOException {
        if (!values.advanceExact(doc)) {
            return ABSENT;
        }
        int ordinal = (int) values.nextOrd();
        if (numbers[ordinal] == UNKNOWN) {
            numbers[ordinal] = number.applyAsInt(values.lookupOrd(ordinal).utf8ToString());
        }
        return numbers[ordinal];
    }

    /** What was told to be taken. */
    long bytes() {
        return (long) numbers.length * Integer.BYTES;
    }
}
