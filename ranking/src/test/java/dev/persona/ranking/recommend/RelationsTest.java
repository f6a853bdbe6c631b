package dev.persona.ranking.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persona.profiling.cooccurrence.RelatedItems;
import dev.persona.profiling.factorization.IdIndex;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class RelationsTest {
    /** a gives to b and c, 3 to 1; d gives all to c. */
    private static final RelatedItems RELATED =
            new RelatedItems(
                    IdIndex.of(List.of("a", "b", "c", "d")),
                    new int[] {0, 2, 2, 2, 3},
                    new int[] {1, 2, 2},
                    new float[] {3, 1, 7});

    @Test
    void anItemGivesOutWhatItSaysInProportionToHowCloseOthersAre() {
        Relations relations = new Relations(RELATED, Map.of("a", 1.0));

        assertEquals(0.75, relations.of("b"), 1e-6);
        assertEquals(0.25, relations.of("c"), 1e-6);
        assertEquals(0, relations.of("d"), 0);
        assertEquals(0, relations.of("no such"), 0);
        assertEquals(0.75, relations.largest(), 1e-6);
    }

    @Test
    void theItemsOfAUserAddUpAndTheStrongestIsNamed() {
        Relations relations = new Relations(RELATED, Map.of("a", 1.0, "d", 0.6, "unknown", 1.0));

        assertEquals(0.85, relations.of("c"), 1e-6);
        assertEquals(Optional.of("d"), relations.because("c"));
        assertEquals(Optional.of("a"), relations.because("b"));
        assertEquals(List.of("c", "b"), relations.closest(10));
        assertEquals(List.of("c"), relations.closest(1));
        assertEquals(Optional.empty(), relations.because("a"));
        assertEquals(Optional.empty(), relations.because("no such"));
    }

    @Test
    void whatHasFadedToNothingRelatesToNothing() {
        Relations relations = new Relations(RELATED, Map.of("a", 1e-300, "d", 1e-60));

        assertEquals(List.of(), relations.closest(10));
        assertEquals(Optional.empty(), relations.because("c"));
    }

    @Test
    void withoutItemsNothingIsRelated() {
        Relations relations = new Relations(RELATED, Map.of());

        assertEquals(0, relations.largest(), 0);
        assertEquals(List.of(), relations.closest(10));
    }
}
