package dev.persona.profiling.factorization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

class InteractionsTest {
    @Test
    void weightsOfTheSamePairAddUp() {
        Interactions interactions =
                Interactions.builder()
                        .add("ann", "lamp", 1)
                        .add("ann", "bulb", 2)
                        .add("ann", "lamp", 0.5)
                        .build();

        assertEquals(2, interactions.entries());
        assertEquals(List.of("bulb", "lamp"), interactions.items().ids());
        assertArrayEquals(new int[] {0, 1}, interactions.itemsOf(0));
        assertArrayEquals(new float[] {2, 1.5f}, interactions.weightsOf(0));
    }

    @Test
    void pairsOfWeightZeroAreLeftOutAndIdsWithoutAnEntryToo() {
        Interactions interactions =
                Interactions.builder()
                        .add("ann", "lamp", 0)
                        .add("bob", "bulb", 0)
                        .add("ann", "cord", 3)
                        .build();

        assertEquals(1, interactions.entries());
        assertEquals(List.of("ann"), interactions.users().ids());
        assertEquals(List.of("cord"), interactions.items().ids());
    }

    @Test
    void theSameAsAMapOfMapsInWhateverOrderWeightsAreAdded() {
        record Addition(String user, String item, double weight) {}
        Random random = new Random(5);
        List<Addition> additions = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            additions.add(
                    new Addition(
                            "u" + random.nextInt(40), "i" + random.nextInt(60), random.nextInt(4)));
        }
        TreeMap<String, TreeMap<String, Double>> expected = new TreeMap<>();
        for (Addition a : additions) {
            expected.computeIfAbsent(a.user, u -> new TreeMap<>())
                    .merge(a.item, a.weight, Double::sum);
        }
        expected.values().forEach(row -> row.values().removeIf(weight -> weight == 0));
        Collections.shuffle(additions, random);

        InteractionsBuilder builder = Interactions.builder();
        additions.forEach(a -> builder.add(a.user, a.item, a.weight));
        Interactions interactions = builder.build();

        TreeMap<String, TreeMap<String, Double>> actual = new TreeMap<>();
        for (int user = 0; user < interactions.users().size(); user++) {
            TreeMap<String, Double> row = new TreeMap<>();
            for (int k = 0; k < interactions.itemsOf(user).length; k++) {
                row.put(
                        interactions.items().id(interactions.itemsOf(user)[k]),
                        (double) interactions.weightsOf(user)[k]);
            }
            actual.put(interactions.users().id(user), row);
        }
        assertEquals(expected, actual);
    }

    @Test
    void transposingPutsUsersAndItemsInEachOthersPlace() {
        Interactions transposed =
                Interactions.builder()
                        .add("ann", "lamp", 1)
                        .add("bob", "lamp", 2)
                        .add("bob", "cord", 3)
                        .build()
                        .transposed();

        assertEquals(List.of("cord", "lamp"), transposed.users().ids());
        assertEquals(List.of("ann", "bob"), transposed.items().ids());
        assertArrayEquals(new int[] {1}, transposed.itemsOf(0));
        assertArrayEquals(new float[] {3}, transposed.weightsOf(0));
        assertArrayEquals(new int[] {0, 1}, transposed.itemsOf(1));
        assertArrayEquals(new float[] {1, 2}, transposed.weightsOf(1));
    }

    @Test
    void transposingTwiceIsTheSame() {
        Interactions interactions = Interactions.builder().add("ann", "lamp", 1).build();

        assertSame(interactions, interactions.transposed().transposed());
    }

    @Test
    void thereMayBeNone() {
        Interactions none = Interactions.builder().build();

        assertEquals(0, none.entries());
        assertEquals(0, none.users().size());
        assertEquals(0, none.transposed().users().size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.001})
    void aWeightThatIsNoneIsRefusedByUserAndItem(double weight) {
        InteractionsBuilder builder = Interactions.builder();

        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> builder.add("ann", "lamp", weight));

        assertEquals(
                "the weight of user [ann] for item [lamp] must be finite and at least 0, was "
                        + weight,
                e.getMessage());
    }

    @Test
    void weightsThatAddUpToMoreThanAFloatAreRefusedByUserAndItem() {
        InteractionsBuilder builder =
                Interactions.builder()
                        .add("al", "axe", 1)
                        .add("ann", "lamp", Float.MAX_VALUE)
                        .add("ann", "lamp", Float.MAX_VALUE);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertTrue(e.getMessage().contains("user [ann] for item [lamp]"), e.getMessage());
    }

    @Test
    void anEmptyIdIsRefused() {
        InteractionsBuilder builder = Interactions.builder();

        assertThrows(IllegalArgumentException.class, () -> builder.add("", "lamp", 1));
        assertThrows(IllegalArgumentException.class, () -> builder.add("ann", "", 1));
    }
}
