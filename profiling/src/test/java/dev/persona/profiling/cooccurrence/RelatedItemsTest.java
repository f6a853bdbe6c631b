package dev.persona.profiling.cooccurrence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.persona.profiling.factorization.IdIndex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class RelatedItemsTest {
    private static final IdIndex ITEMS = IdIndex.of(List.of("bulb", "cord", "lamp"));

    @Test
    void relatedItemsAreFoundByTheIndexOfTheirItem() {
        RelatedItems related =
                new RelatedItems(
                        ITEMS, new int[] {0, 2, 2, 3}, new int[] {2, 1, 0}, new float[] {5, 4, 5});

        assertArrayEquals(new int[] {2, 1}, related.relatedTo(0));
        assertArrayEquals(new float[] {5, 4}, related.scoresOf(0));
        assertArrayEquals(new int[0], related.relatedTo(1));
        assertArrayEquals(new int[] {0}, related.relatedTo(2));
    }

    @Test
    void lengthsThatDoNotFitAreRefused() {
        assertEquals(
                "the offsets of 3 items must be 4 numbers, were 3",
                messageOf(new int[] {0, 0, 0}, new int[0]));
        assertEquals(
                "1 related items must have as many scores, had 2",
                messageOf(new int[] {0, 1, 1, 1}, new int[] {1}, 5, 4));
        assertEquals(
                "the offsets must go from 0 to the number of related items, 1, went from 0 to 2",
                messageOf(new int[] {0, 1, 1, 2}, new int[] {1}, 5));
        assertEquals(
                "the offsets must go from 0 to the number of related items, 1, went from 1 to 1",
                messageOf(new int[] {1, 1, 1, 1}, new int[] {1}, 5));
        assertEquals(
                "the offsets must ascend, were 2 and then 1 at item 1",
                messageOf(new int[] {0, 2, 1, 1}, new int[] {1}, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 3})
    void anItemIsRelatedToAnotherThatThereIs(int other) {
        assertEquals(
                "an item related to item 1 must be another of 3, was " + other,
                messageOf(new int[] {0, 0, 1, 1}, new int[] {other}, 5));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void scoresMustBeFinite(float score) {
        assertEquals(
                "the score of item 2 for item 0 must be finite, was " + score,
                messageOf(new int[] {0, 1, 1, 1}, new int[] {2}, score));
    }

    @Test
    void theStrongestComeFirstAndTiesByIndex() {
        String order =
                "the items related to item 0 must be in the order of their scores and then of their"
                        + " indexes; ";

        assertEquals(
                order + "item 2 with 5.0 came after item 1 with 4.0",
                messageOf(new int[] {0, 2, 2, 2}, new int[] {1, 2}, 4, 5));
        assertEquals(
                order + "item 1 with 4.0 came after item 2 with 4.0",
                messageOf(new int[] {0, 2, 2, 2}, new int[] {2, 1}, 4, 4));
    }

    private static String messageOf(int[] offsets, int[] related, float... scores) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new RelatedItems(ITEMS, offsets, related, scores))
                .getMessage();
    }
}
