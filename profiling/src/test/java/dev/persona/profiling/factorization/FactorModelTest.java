package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class FactorModelTest {
    private static final AlsParameters TWO = new AlsParameters(2, 1, 0.1, 1, 1);
    private static final IdIndex USERS = IdIndex.of(List.of("ann", "bob"));
    private static final IdIndex ITEMS = IdIndex.of(List.of("lamp"));

    @Test
    void vectorsAreFoundByTheIndexesOfTheirIds() {
        FactorModel model =
                new FactorModel(
                        USERS,
                        ITEMS,
                        new float[] {1, 2, 3, 4},
                        new float[] {5, 6},
                        TWO,
                        List.of(9.0));

        int bob = model.users().indexOf("bob");
        assertArrayEquals(new float[] {3, 4}, model.userVector(bob));
        assertArrayEquals(new float[] {5, 6}, model.itemVector(0));
        assertEquals(3 * 5 + 4 * 6, model.score(bob, 0));
    }

    @Test
    void asManyVectorsAsIdsAreNeeded() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new FactorModel(
                                        USERS, ITEMS, new float[4], new float[3], TWO, List.of()));

        assertEquals(
                "the vectors of 1 items with 2 factors must be 2 floats, were 3", e.getMessage());
    }
}
